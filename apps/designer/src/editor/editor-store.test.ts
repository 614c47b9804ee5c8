import type { Edit, Json, Playbook } from "@drawbridge/playbook";
import { serializePlaybook } from "@drawbridge/playbook";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stepCatalogOf } from "../steps/step-catalog.ts";
import { copiedText, pasteEdit } from "./clipboard.ts";
import { createEditorStore } from "./editor-store.ts";
import { addAfter, canConnect, connect, disconnect, insertOn, newStep } from "./step-edits.ts";

const empty: Playbook = { schemaVersion: 1, id: "p", name: "P", start: [], steps: {} };
const catalog = stepCatalogOf(
  {
    integrations: [],
    actions: [{ name: "code42.get-alert", integration: "code42", title: "Get an alert", summary: "", effect: "reads", repeatable: true, input: {}, output: {} }],
  },
  [{ id: "code42", integration: "code42", name: "Code42", enabled: true, lastTest: null }],
);
const item = (kind: "set" | "condition" | "end" | "action") => newStep({ kind, action: kind === "action" ? "code42.get-alert" : null, title: kind }, catalog);

function storeOf(playbook: Playbook = empty) {
  let now = 0;
  const store = createEditorStore(playbook, () => now);
  return { store, state: () => store.getState(), tick: (ms: number) => (now += ms) };
}

describe("the editor's store", () => {
  it("undoes and does again to the same bytes, whatever the edits", () => {
    const edit = fc.oneof(
      fc.constantFrom("set", "condition", "end", "action").map((kind) => ({ do: "add" as const, kind: kind as "set" })),
      fc.tuple(fc.nat(), fc.nat()).map(([from, to]) => ({ do: "connect" as const, from, to })),
      fc.nat().map((at) => ({ do: "remove" as const, at })),
      fc.tuple(fc.nat(), fc.integer({ min: -500, max: 500 })).map(([at, x]) => ({ do: "move" as const, at, x })),
      fc.constantFrom({ do: "undo" as const }, { do: "redo" as const }),
    );
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
        const { store, state } = storeOf();
        const seen = [serializePlaybook(state().playbook)];
        for (const each of edits) {
          const ids = Object.keys(state().playbook.steps);
          const pick = (at: number) => ids[at % Math.max(ids.length, 1)];
          if (each.do === "undo") store.getState().undo();
          else if (each.do === "redo") store.getState().redo();
          else if (each.do === "add") state().apply(addAfter(state().playbook, item(each.kind), pick(3) ?? "$start").edits);
          else if (each.do === "remove") state().apply(pick(each.at) === undefined ? [] : [{ type: "remove-step", params: { id: pick(each.at) ?? "" } }]);
          else if (each.do === "move")
            state().apply(pick(each.at) === undefined ? [] : [{ type: "move-steps", params: { positions: { [pick(each.at) ?? ""]: { x: each.x, y: 0 } } } }]);
          else {
            const [from, to] = [pick(each.from), pick(each.to)];
            if (from !== undefined && to !== undefined && canConnect(state().playbook, from, to)) state().apply([connect(state().playbook, { from, way: "next", to })]);
          }
        }
        const last = serializePlaybook(state().playbook);
        const count = state().past.length;
        for (let at = 0; at < count; at += 1) state().undo();
        expect(serializePlaybook(state().playbook)).toBe(seen[0]);
        for (let at = 0; at < count; at += 1) state().redo();
        expect(serializePlaybook(state().playbook)).toBe(last);
      }),
      { numRuns: 150 },
    );
  });

  it("takes typing in one field as one step back", () => {
    const { state, tick } = storeOf();
    const type = (name: string) => state().apply([{ type: "set-playbook-details", params: { name } }], { merge: "name" });
    for (const name of ["A", "Al", "Ale"]) type(name);
    tick(5_000);
    type("Alert");
    state().undo();
    expect(state().playbook.name).toBe("Ale");
    state().undo();
    expect(state().playbook.name).toBe("P");
  });

  it("makes all edits or none, and says why", () => {
    const { state } = storeOf();
    const edits: Edit[] = [
      { type: "set-playbook-details", params: { name: "New" } },
      { type: "remove-step", params: { id: "nowhere" } },
    ];
    expect(state().apply(edits)).toContain("nowhere");
    expect(state().playbook).toBe(empty);
    expect(state().past).toHaveLength(0);
  });

  it("forgets a selection that is gone, and brings it back with undo", () => {
    const { state } = storeOf();
    const placed = addAfter(state().playbook, item("set"), "$start");
    state().apply(placed.edits, { select: [placed.id] });
    state().apply([{ type: "remove-step", params: { id: placed.id } }]);
    expect(state().selection).toEqual([]);
    state().undo();
    expect(state().selection).toEqual([placed.id]);
  });
});

describe("placing steps", () => {
  const chain = () => {
    const { state } = storeOf();
    for (const kind of ["set", "action", "end"] as const) {
      const last = Object.keys(state().playbook.steps).at(-1);
      const placed = addAfter(state().playbook, item(kind), last ?? "$start");
      state().apply(placed.edits);
    }
    return state;
  };

  it("chains each step after the one before, with the only connection that fits", () => {
    const { playbook } = chain()();
    expect(Object.values(playbook.steps).map((step) => ("next" in step ? step.next : []))).toEqual([["get-an-alert"], ["end"], []]);
    expect(playbook.start).toEqual(["set-variables"]);
    expect(playbook.steps["get-an-alert"]).toMatchObject({ connection: "code42" });
  });

  it("inserts on a connection, the start's included, and leaves no card on another", () => {
    const state = chain();
    const now = () => state().playbook;
    state().apply(insertOn(now(), item("condition"), { from: "set-variables", way: "next", to: "get-an-alert" }).edits);
    expect(now().steps["new-condition"]).toMatchObject({ branches: [{ next: ["get-an-alert"] }] });
    state().apply(insertOn(now(), item("set"), { from: "$start", way: "start", to: "set-variables" }).edits);
    expect(now().start).toEqual(["set-variables-2"]);
    const places = Object.values(now().layout ?? {}).map(({ x, y }) => `${x}/${y}`);
    expect(new Set(places).size).toBe(places.length);
    state().apply([disconnect(now(), { from: "$start", way: "start", to: "set-variables-2" })]);
    expect(now().start).toEqual([]);
  });

  it("pastes what was copied with its connections, and refuses what is no step", () => {
    const state = chain();
    const now = () => state().playbook;
    const text = copiedText(now(), ["set-variables", "get-an-alert"]) ?? "";
    const pasted = pasteEdit(now(), text, { x: 0, y: 0 });
    if ("problem" in pasted) throw new Error(pasted.problem);
    state().apply([pasted.edit]);
    expect(now().steps["set-variables-2"]).toMatchObject({ next: ["get-an-alert-2"] });
    expect(pasteEdit(now(), "hello", { x: 0, y: 0 })).toHaveProperty("problem");
    expect(pasteEdit(now(), JSON.stringify({ "drawbridge/steps": 1, steps: { a: { kind: "nothing" } as unknown as Json } }), { x: 0, y: 0 })).toHaveProperty("problem");
  });
});
