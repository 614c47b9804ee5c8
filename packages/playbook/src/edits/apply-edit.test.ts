import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { graphOf } from "../graph.ts";
import type { Json } from "../json.ts";
import { parsePlaybook } from "../parse-playbook.ts";
import type { Playbook } from "../playbook.ts";
import { serializePlaybook } from "../serialize-playbook.ts";
import { stepKinds } from "../steps/registry.ts";
import { arbitraryEdit } from "../testing/arbitrary-edit.ts";
import { arbitraryPlaybook } from "../testing/arbitrary-playbook.ts";
import { applyEdit, applyEdits } from "./apply-edit.ts";
import type { Edit } from "./edit.ts";
import { freeStepId } from "./free-id.ts";
import { editRegistry } from "./registry.ts";
import { stepTemplate } from "./step-template.ts";

const base: Playbook = {
  schemaVersion: 1,
  id: "p",
  name: "P",
  outputs: [{ key: "who", value: "{{ steps.find.output.user }}" }],
  start: ["find"],
  steps: {
    find: { kind: "action", name: "Find", action: "directory.get-user", next: ["check"], onError: { next: ["stop"] } },
    check: {
      kind: "condition",
      name: "Check",
      branches: [{ label: "yes", when: { some: [{ var: "steps.find.output.groups" }, { "==": [{ var: "steps.find" }, { root: "steps.find.output.user" }] }] }, next: ["tell"] }],
      otherwise: { next: ["done"] },
    },
    tell: {
      kind: "action",
      name: "Tell",
      action: "mail.send",
      with: { to: "{{ steps.find.output.mail | default: 'x' }} and {{ steps.find.error }}", cc: [{ $logic: { var: ["steps.find.output.mail", 1] } }] },
      forEach: { items: "{{ steps.find.output.managers }}" },
      next: ["done"],
    },
    done: { kind: "end", name: "Done", outcome: "done" },
    stop: { kind: "end", name: "Stop", outcome: "failed" },
  },
  layout: { find: { x: 0, y: 0 }, check: { x: 0, y: 100 } },
};

const edited = (type: string, params: { [key: string]: unknown }, playbook = base): Playbook => {
  const made = applyEdit(playbook, { type, params: params as Edit["params"] });
  if (!made.ok) throw new Error(`${made.code}: ${made.message}`);
  return made.playbook;
};
const refusal = (type: string, params: { [key: string]: unknown }): string => {
  const made = applyEdit(base, { type, params: params as Edit["params"] });
  return made.ok ? "made" : made.code;
};

describe("steps", () => {
  it("a step is added under a free id made of its name", () => {
    const { steps, layout } = edited("add-step", { step: stepTemplate("wait"), position: { x: 5, y: 6 } });
    expect(steps["wait"]).toEqual(stepTemplate("wait"));
    expect(layout?.["wait"]).toEqual({ x: 5, y: 6 });
    expect(freeStepId(base, "Find")).toBe("find-2");
    expect(freeStepId(base, "Größe prüfen!")).toBe("grosse-prufen");
    expect(freeStepId(base, "日本")).toBe("step");
  });

  it("the first step of an empty playbook is its start", () => {
    expect(edited("add-step", { step: stepTemplate("end") }, { ...base, start: [], steps: {} }).start).toEqual(["end"]);
  });

  it("what led to a removed step leads on to what followed it", () => {
    const { start, steps, layout } = edited("remove-step", { id: "check" });
    expect(start).toEqual(["find"]);
    expect(steps["find"]).toMatchObject({ next: ["tell", "done"], onError: { next: ["stop"] } });
    expect(layout).toEqual({ find: { x: 0, y: 0 } });
    expect(edited("remove-step", { id: "find" }).start).toEqual(["check"]);
  });

  it("a changed id is changed wherever it is named", () => {
    const made = edited("change-step-id", { from: "find", to: "look-up" });
    expect(Object.keys(made.steps)).toEqual(["look-up", "check", "tell", "done", "stop"]);
    expect(made.start).toEqual(["look-up"]);
    expect(made.outputs?.[0]?.value).toBe("{{ steps.look-up.output.user }}");
    expect(made.steps["check"]).toMatchObject({
      branches: [{ when: { some: [{ var: "steps.look-up.output.groups" }, { "==": [{ var: "steps.find" }, { root: "steps.look-up.output.user" }] }] } }],
    });
    expect(made.steps["tell"]).toMatchObject({
      with: { to: "{{ steps.look-up.output.mail | default: 'x' }} and {{ steps.look-up.error }}", cc: [{ $logic: { var: ["steps.look-up.output.mail", 1] } }] },
      forEach: { items: "{{ steps.look-up.output.managers }}" },
    });
    expect(made.layout?.["look-up"]).toEqual({ x: 0, y: 0 });
    expect(serializePlaybook(edited("change-step-id", { from: "look-up", to: "find" }, made))).toBe(serializePlaybook(base));
  });

  it("fields change by pointer or as a whole, and the result must be valid", () => {
    expect(
      edited("update-step", { id: "tell", set: [{ pointer: "/with/subject", value: "Hello" }, { pointer: "/with/cc" }], patch: { timeout: "PT5S", forEach: null } }).steps["tell"],
    ).toEqual({
      kind: "action",
      name: "Tell",
      action: "mail.send",
      with: { to: "{{ steps.find.output.mail | default: 'x' }} and {{ steps.find.error }}", subject: "Hello" },
      timeout: "PT5S",
      next: ["done"],
    });
    expect(refusal("update-step", { id: "tell", patch: { timeout: "soon" } })).toBe("invalid-result");
    expect(refusal("update-step", { id: "tell", patch: { colour: "red" } })).toBe("invalid-result");
    expect(refusal("update-step", { id: "tell", set: [{ pointer: "/kind", value: "end" }] })).toBe("bad-pointer");
    expect(refusal("update-step", { id: "tell", set: [{ pointer: "/with/cc/7/x", value: 1 }] })).toBe("bad-pointer");
    expect(refusal("update-step", { id: "tell", patch: JSON.parse('{"__proto__": {}}') as Json })).toBe("invalid-params");
  });

  it("a copy gets free ids, and ways and expressions between the copies follow", () => {
    const made = edited("paste-steps", { steps: { find: base.steps["find"], check: base.steps["check"] }, layout: { find: { x: 1, y: 1 } }, offset: { x: 10, y: 20 } });
    expect(made.steps["find-2"]).toEqual({ ...base.steps["find"], next: ["check-2"], onError: { next: [] } });
    expect(JSON.stringify(made.steps["check-2"])).toContain("steps.find-2.output.groups");
    expect(made.layout?.["find-2"]).toEqual({ x: 11, y: 21 });
  });
});

describe("connections", () => {
  it("ways connect and disconnect, also an error way that was not there", () => {
    expect(edited("connect-steps", { from: "tell", way: "error", to: "stop" }).steps["tell"]).toMatchObject({ onError: { next: ["stop"] } });
    expect(edited("connect-steps", { from: "check", way: "branch:yes", to: "done" }).steps["check"]).toMatchObject({ branches: [{ next: ["tell", "done"] }] });
    expect(edited("disconnect-steps", { from: "find", way: "error", to: "stop" }).steps["find"]).toMatchObject({ onError: { next: [] } });
    expect(edited("set-start", { steps: ["tell", "tell"] }).start).toEqual(["tell"]);
  });

  it("a way back is refused, as is a way that the step cannot have", () => {
    expect(refusal("connect-steps", { from: "tell", way: "next", to: "find" })).toBe("would-cycle");
    expect(refusal("connect-steps", { from: "tell", way: "next", to: "tell" })).toBe("would-cycle");
    expect(refusal("connect-steps", { from: "done", way: "next", to: "stop" })).toBe("unknown-way");
    expect(refusal("connect-steps", { from: "check", way: "branch:no", to: "stop" })).toBe("unknown-way");
    expect(refusal("connect-steps", { from: "tell", way: "otherwise", to: "stop" })).toBe("unknown-way");
    expect(refusal("connect-steps", { from: "tell", way: "next", to: "nowhere" })).toBe("unknown-step");
  });

  it("a step dropped on a way stands between the two", () => {
    const made = edited("insert-step-on-way", { id: "pause", step: stepTemplate("wait"), from: "check", way: "otherwise", to: "done" });
    expect(made.steps["check"]).toMatchObject({ otherwise: { next: ["pause"] } });
    expect(made.steps["pause"]).toMatchObject({ next: ["done"] });
    expect(refusal("insert-step-on-way", { step: stepTemplate("end"), from: "check", way: "otherwise", to: "done" })).toBe("no-way-out");
  });

  it("branches are added, renamed and removed", () => {
    const added = edited("add-branch", { step: "check", label: "no" });
    expect(edited("rename-branch", { step: "check", from: "yes", to: "yea" }, added).steps["check"]).toMatchObject({
      branches: [
        { label: "yea", next: ["tell"] },
        { label: "no", next: [] },
      ],
    });
    expect(edited("remove-branch", { step: "check", label: "yes" }, added).steps["check"]).toMatchObject({ branches: [{ label: "no" }] });
    expect(refusal("remove-branch", { step: "check", label: "yes" })).toBe("last-branch");
    expect(refusal("add-branch", { step: "check", label: "yes" })).toBe("label-taken");
    expect(refusal("add-branch", { step: "tell", label: "yes" })).toBe("unknown-branch");
  });
});

describe("groups", () => {
  const grouped = edited("group-steps", { name: "Look up", steps: ["find", "check"] });

  it("steps are grouped, folded, taken in and let go, and a step is in one group at most", () => {
    expect(grouped.groups).toEqual({ "look-up": { name: "Look up", steps: ["find", "check"] } });
    expect(edited("update-group", { id: "look-up", folded: true, name: "Who" }, grouped).groups).toEqual({ "look-up": { name: "Who", steps: ["find", "check"], folded: true } });
    expect(edited("update-group", { id: "look-up", add: ["tell"], remove: ["find"] }, grouped).groups?.["look-up"]?.steps).toEqual(["check", "tell"]);
    const second = edited("group-steps", { id: "second", name: "Second", steps: ["check"] }, grouped);
    expect(second.groups).toEqual({ "look-up": { name: "Look up", steps: ["find"] }, second: { name: "Second", steps: ["check"] } });
    expect(edited("update-group", { id: "second", add: ["find"] }, second).groups).toEqual({ second: { name: "Second", steps: ["check", "find"] } });
    expect(refusal("group-steps", { name: "G", steps: ["gone"] })).toBe("unknown-step");
    expect(refusal("update-group", { id: "gone", folded: true })).toBe("unknown-group");
    expect(refusal("remove-group", { id: "gone" })).toBe("unknown-group");
  });

  it("groups follow renamed and removed steps, and leave no trace once they are gone", () => {
    expect(edited("change-step-id", { from: "find", to: "seek" }, grouped).groups?.["look-up"]?.steps).toEqual(["seek", "check"]);
    expect(edited("remove-step", { id: "check" }, grouped).groups?.["look-up"]?.steps).toEqual(["find"]);
    expect(serializePlaybook(edited("remove-group", { id: "look-up" }, grouped))).toBe(serializePlaybook(base));
    const unfolded = edited("update-group", { id: "look-up", folded: false }, edited("update-group", { id: "look-up", folded: true }, grouped));
    expect(serializePlaybook(unfolded)).toBe(serializePlaybook(grouped));
  });

  it("copies bring their notes and groups along, under free ids", () => {
    const note = { text: "Why", x: 0, y: 0, width: 100, height: 100 };
    const copied = {
      steps: { find: grouped.steps["find"] },
      layout: { find: { x: 0, y: 0 } },
      notes: { why: note },
      groups: { "look-up": { name: "Look up", steps: ["find", "check"] } },
    };
    const made = edited("paste-steps", { ...copied, offset: { x: 8, y: 16 } }, edited("add-note", { id: "why", ...note }, grouped));
    expect(made.notes?.["why-2"]).toEqual({ ...note, x: 8, y: 16 });
    expect(made.groups?.["look-up-2"]).toEqual({ name: "Look up", steps: ["find-2"] });
    expect(made.groups?.["look-up"]?.steps).toEqual(["find", "check"]);
  });
});

describe("the document", () => {
  it("details, notes, layout, inputs, outputs and triggers change", () => {
    const note = { text: "Hello", x: 1, y: 2, width: 100, height: 100 };
    const made = applyEdits(base, [
      { type: "set-playbook-details", params: { name: "Q", description: "About", tags: ["a", "a"] } },
      { type: "add-note", params: note },
      { type: "add-note", params: note },
      { type: "update-note", params: { id: "note", text: "Bye" } },
      { type: "remove-note", params: { id: "note-2" } },
      { type: "move-steps", params: { positions: { tell: { x: 9, y: 9 } } } },
      { type: "set-inputs", params: { inputs: [{ key: "alertId", type: "string" }] } },
      { type: "set-outputs", params: { outputs: [] } },
      { type: "set-triggers", params: { triggers: [{ kind: "alert", connection: "code42", inputs: { alertId: "{{ alert.id }}" } }] } },
    ]);
    expect(made).toMatchObject({
      ok: true,
      playbook: {
        name: "Q",
        description: "About",
        tags: ["a"],
        notes: { note: { ...note, text: "Bye" } },
        layout: { tell: { x: 9, y: 9 }, find: { x: 0, y: 0 } },
        inputs: [{ key: "alertId" }],
        outputs: [],
        triggers: [{ kind: "alert" }],
      },
    });
    expect(edited("set-playbook-details", { description: "" }, made.ok ? made.playbook : base)).not.toHaveProperty("description");
    expect(edited("set-layout", { layout: { tell: { x: 1, y: 1 }, gone: { x: 0, y: 0 } } }).layout).toEqual({ tell: { x: 1, y: 1 } });
  });

  it("several edits are made all or none", () => {
    expect(
      applyEdits(base, [
        { type: "rename-step", params: { id: "find", name: "F" } },
        { type: "rename-step", params: { id: "gone", name: "G" } },
      ]),
    ).toMatchObject({ ok: false, code: "unknown-step" });
    expect(refusal("no-such-edit", {})).toBe("unknown-edit");
    expect(refusal("rename-step", { id: "find", name: 7 })).toBe("invalid-params");
  });

  it("the template of every kind is a valid step, and a new one each time", () => {
    for (const kind of stepKinds) {
      expect(parsePlaybook({ ...base, steps: { only: stepTemplate(kind) }, start: ["only"], layout: {} }).ok, kind).toBe(true);
      expect(stepTemplate(kind)).not.toBe(stepTemplate(kind));
    }
  });
});

function freeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

/** Any playbook with a note and a step with branches, so that every sort of edit finds something to change. */
const anyStart = arbitraryPlaybook({ maxSteps: 8 }).map((playbook) => {
  const result = applyEdits(playbook, [
    { type: "add-note", params: { text: "A note", x: 0, y: 0, width: 100, height: 100 } },
    { type: "add-step", params: { id: "branching", step: stepTemplate("condition") as unknown as Json, position: { x: 0, y: 0 } } },
    { type: "group-steps", params: { name: "A group", steps: ["branching"] } },
  ]);
  if (!result.ok) throw new Error(result.message);
  return result.playbook;
});

describe("any sequence of edits", () => {
  it("keeps the playbook valid, acyclic and without ways to nowhere, and never changes an earlier one", () => {
    const made = new Map<string, number>();
    fc.assert(
      fc.property(anyStart, fc.array(arbitraryEdit(), { minLength: 1, maxLength: 25 }), (start, edits) => {
        let current = freeze(start);
        for (const edit of edits) {
          const wanted = edit(current);
          const result = applyEdit(current, wanted);
          if (!result.ok) {
            expect(["unknown-edit", "invalid-params"]).not.toContain(result.code);
            continue;
          }
          made.set(wanted.type, (made.get(wanted.type) ?? 0) + 1);
          current = freeze(result.playbook);
          expect(parsePlaybook(JSON.parse(JSON.stringify(current)))).toEqual({ ok: true, playbook: current });
          const graph = graphOf(current);
          expect([graph.cycles, graph.dangling]).toEqual([[], []]);
        }
      }),
      { numRuns: 100 },
    );
    expect([...editRegistry.keys()].filter((type) => !made.has(type))).toEqual([]);
  });
});
