import { mergePlaybooks, type Playbook, type Step } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";
import { emptyCatalog } from "../../steps/step-catalog.ts";
import { namedConflict } from "./merge-conflicts.ts";

const base: Playbook = {
  schemaVersion: 1,
  id: "p",
  name: "P",
  inputs: [{ key: "host", type: "string" }],
  start: ["ask"],
  steps: {
    ask: { kind: "ask", name: "Isolate it?", prompt: "Sure?", branches: [{ label: "yes", effect: "Cuts it off", next: ["done"] }], timeLimit: "PT30M" },
    send: { kind: "action", name: "Send", action: "x.y", with: { password: "old" }, next: ["done"] },
    done: { kind: "end", name: "Done", outcome: "done" },
  },
};
const changed = (change: { readonly [id: string]: object }, rest: Partial<Playbook> = {}): Playbook => ({
  ...base,
  ...rest,
  steps: Object.fromEntries(Object.entries(base.steps).map(([id, step]) => [id, { ...step, ...change[id] } as Step])),
});
const conflictsOf = (mine: Playbook, theirs: Playbook) => mergePlaybooks(base, mine, theirs).conflicts.map((each) => namedConflict(each, { base, mine, theirs }, emptyCatalog));
const text = (side: ReturnType<typeof namedConflict>["mine"]) => (side.kind === "value" ? side.value.text : side.kind);

describe("namedConflict", () => {
  it("names the step and the field as the inspector does, with all three values as a person reads them", () => {
    const ask = (timeLimit: string, effect: string) => changed({ ask: { timeLimit, branches: [{ label: "yes", effect, next: ["done"] }] } });
    const named = conflictsOf(ask("PT1H", "Isolates"), ask("PT90S", "Cuts off"));
    expect(named.map(({ title, field, base: was, mine, theirs }) => [title, field, text(was), text(mine), text(theirs)])).toEqual([
      ["Isolate it?", "Answer yes › What it does", "Cuts it off", "Isolates", "Cuts off"],
      ["Isolate it?", "Time limit", "30 min", "1 h", "1 min 30 s"],
    ]);
  });

  it("names what both changed of the playbook itself", () => {
    const [named] = conflictsOf({ ...base, inputs: [{ key: "host", type: "any" }] }, { ...base, inputs: [{ key: "host", type: "number" }] });
    expect(named).toMatchObject({ title: "The playbook itself", field: "Input host › Type", step: null });
  });

  it("shows a step that one side removed as a whole, with what the other changed", () => {
    const { send: _gone, ...steps } = base.steps;
    const [named] = conflictsOf({ ...base, steps }, changed({ send: { timeout: "PT5S" } }));
    expect(named).toMatchObject({
      title: "Send",
      field: "The whole step",
      mine: { kind: "none" },
      theirs: { kind: "step", rows: [{ label: "Time-out of an attempt", after: { text: "5 s" } }] },
    });
  });

  it("shows no secret", () => {
    const [named] = conflictsOf(changed({ send: { with: { password: "mine" } } }), changed({ send: { with: { password: "theirs" } } }));
    expect(named && [text(named.base), text(named.mine), text(named.theirs)]).toEqual(["••••••", "••••••", "••••••"]);
  });

  it("falls back to a readable path where a pointer leads nowhere", () => {
    const sides = { base, mine: base, theirs: base };
    expect(namedConflict({ pointer: "/steps/gone/with/hostName", step: "gone", mine: 1, theirs: 2 }, sides, emptyCatalog)).toMatchObject({
      title: "gone",
      field: "with › hostName",
    });
    expect(namedConflict({ pointer: "/steps/ask/branches/3/surprise", step: "ask", mine: 1, theirs: 2 }, sides, emptyCatalog)).toMatchObject({
      title: "Isolate it?",
      field: "Answer 4 › Surprise",
    });
    expect(namedConflict({ pointer: "/oddPart/x", step: null, mine: 1, theirs: 2 }, sides, emptyCatalog).field).toBe("Odd part › X");
  });
});
