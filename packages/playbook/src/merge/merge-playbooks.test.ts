import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connectionsIn, diffPlaybooks } from "../diff.ts";
import { applyEdits } from "../edits/apply-edit.ts";
import type { Edit } from "../edits/edit.ts";
import { parsePlaybook } from "../parse-playbook.ts";
import type { Playbook } from "../playbook.ts";
import { serializePlaybook } from "../serialize-playbook.ts";
import type { Step } from "../steps/registry.ts";
import { arbitraryPlaybook } from "../testing/arbitrary-playbook.ts";
import { mergePlaybooks } from "./merge-playbooks.ts";

const base: Playbook = {
  schemaVersion: 1,
  id: "p",
  name: "P",
  tags: ["one"],
  start: ["a"],
  steps: {
    a: { kind: "action", name: "A", action: "x.y", with: { to: "m", cc: "n" }, next: ["q"] },
    q: { kind: "condition", name: "Q", branches: [{ label: "yes", when: { "==": [{ var: "input.a" }, 1] }, next: ["w"] }], otherwise: { next: ["e"] } },
    w: { kind: "wait", name: "W", for: "PT1M", next: ["e"] },
    e: { kind: "end", name: "E", outcome: "done" },
  },
  layout: { a: { x: 0, y: 0 }, q: { x: 0, y: 100 }, w: { x: 0, y: 200 }, e: { x: 0, y: 300 } },
};
const edited = (edits: readonly Edit[], from = base): Playbook => {
  const made = applyEdits(from, edits);
  if (!made.ok) throw new Error(made.message);
  return made.playbook;
};
const changed = (id: string, change: object, from = base): Playbook => ({ ...from, steps: { ...from.steps, [id]: { ...from.steps[id], ...change } as Step } });
const pointers = (mine: Playbook, theirs: Playbook) => mergePlaybooks(base, mine, theirs).conflicts.map(({ pointer }) => pointer);

describe("mergePlaybooks", () => {
  it("takes both when they changed different fields of one step", () => {
    const merge = mergePlaybooks(base, changed("a", { with: { to: "m2", cc: "n" } }), changed("a", { name: "Send", with: { to: "m", cc: "n2" } }));
    expect(merge.conflicts).toEqual([]);
    expect(merge.playbook.steps["a"]).toMatchObject({ name: "Send", with: { to: "m2", cc: "n2" } });
  });

  it("shows base, mine and theirs of a field that both changed, and goes by the choice", () => {
    const [mine, theirs] = [changed("a", { name: "Mine" }), changed("a", { name: "Theirs" })];
    const merge = mergePlaybooks(base, mine, theirs);
    expect(merge.conflicts).toEqual([{ pointer: "/steps/a/name", step: "a", base: "A", mine: "Mine", theirs: "Theirs" }]);
    expect(merge.playbook.steps["a"]?.name).toBe("Mine");
    expect(mergePlaybooks(base, mine, theirs, new Map([["/steps/a/name", "theirs"]])).playbook.steps["a"]?.name).toBe("Theirs");
  });

  it("never mixes two conditions, and merges branches by their labels", () => {
    const branches = (when: number, more: string[] = []) => ({
      branches: [{ label: "yes", when: { "==": [{ var: "input.a" }, when] }, next: ["w"] }, ...more.map((label) => ({ label, when: true, next: [] }))],
    });
    expect(pointers(changed("q", branches(2)), changed("q", branches(3)))).toEqual(["/steps/q/branches/yes/when"]);
    const merge = mergePlaybooks(base, changed("q", branches(2)), changed("q", branches(1, ["maybe"])));
    expect(merge.conflicts).toEqual([]);
    expect(merge.playbook.steps["q"]).toMatchObject(branches(2, ["maybe"]));
  });

  it("joins connections that each side added, and lets go those that one removed", () => {
    const mine = changed("a", { next: ["q", "w"] });
    const theirs = changed("a", { next: ["e"] });
    expect(mergePlaybooks(base, mine, theirs)).toMatchObject({ conflicts: [], playbook: { steps: { a: { next: ["w", "e"] } } } });
  });

  it("asks before a step goes that the other side changed or newly leads to", () => {
    const removed = edited([{ type: "remove-step", params: { id: "w" } }]);
    expect(pointers(removed, changed("w", { for: "PT2M" }))).toEqual(["/steps/w"]);
    expect(pointers(changed("a", { next: ["q", "w"] }), removed)).toEqual(["/steps/w"]);
    const kept = mergePlaybooks(base, changed("a", { next: ["q", "w"] }), removed);
    expect(kept.playbook.steps["a"]).toMatchObject({ next: ["q", "w"] });
    expect(mergePlaybooks(base, removed, base).playbook.steps).not.toHaveProperty("w");
  });

  it("keeps both steps that were added under one id, and what refers to them", () => {
    const add = (name: string) => edited([{ type: "add-step", params: { id: "set", step: { kind: "set", name, values: { by: name }, next: [] } } }]);
    const merge = mergePlaybooks(base, changed("a", { with: { to: "{{ steps.set.output.by }}", cc: "n" }, next: ["q", "set"] }, add("Mine")), add("Theirs"));
    expect(merge.renamed).toEqual([{ from: "set", to: "set-2" }]);
    expect([merge.playbook.steps["set"]?.name, merge.playbook.steps["set-2"]?.name]).toEqual(["Theirs", "Mine"]);
    expect(merge.playbook.steps["a"]).toMatchObject({ with: { to: "{{ steps.set-2.output.by }}" }, next: ["q", "set-2"] });
  });

  it("makes one conflict of a step whose fields from both sides would be no step", () => {
    const merge = mergePlaybooks(
      base,
      { ...base, steps: { ...base.steps, w: { kind: "wait", name: "W", until: "2030-01-01T00:00:00Z", next: ["e"] } } },
      changed("w", { for: "PT9M" }),
    );
    expect(merge.conflicts.map(({ pointer }) => pointer)).toEqual(["/steps/w"]);
  });

  it("takes my place of a step that both moved, without asking", () => {
    const at = (x: number): Playbook => ({ ...base, layout: { ...base.layout, a: { x, y: 0 } } });
    expect(mergePlaybooks(base, at(5), at(7))).toMatchObject({ conflicts: [], playbook: { layout: { a: { x: 5, y: 0 } } } });
    expect(mergePlaybooks(base, base, at(7)).playbook.layout?.["a"]).toEqual({ x: 7, y: 0 });
  });
});

/** Some of the steps renamed, described, removed, and one added. */
const edit = (playbook: Playbook, may: (at: number) => boolean, word: string): fc.Arbitrary<Playbook> =>
  fc.array(fc.tuple(fc.nat(11), fc.constantFrom("name", "description", "remove", "add")), { maxLength: 5 }).map((changes) =>
    changes.reduce((made, [at, what]) => {
      const id = `s${at}`;
      if (what === "add")
        return edited(
          [{ type: "add-step", params: { id: `${word}-${at}`, step: { kind: "section", name: word, next: [] } } }].filter(({ params }) => !made.steps[params.id]),
          made,
        );
      const step = made.steps[id];
      if (!step || !may(at)) return made;
      if (what === "remove") return Object.keys(made.steps).length > 1 ? edited([{ type: "remove-step", params: { id } }], made) : made;
      return { ...made, steps: { ...made.steps, [id]: { ...step, [what]: `${word} ${at}` } } };
    }, playbook),
  );
const always = () => true;
const three = (mine: (at: number) => boolean, theirs: (at: number) => boolean) =>
  arbitraryPlaybook().chain((from) => fc.tuple(fc.constant(from), edit(from, mine, "mine"), edit(from, theirs, "theirs")));
const ownFields = (step: Step | undefined) => [step?.name, step?.description];

describe("a merge of any changes", () => {
  it("is mine when they changed nothing, theirs when I changed nothing, and either when both changed alike", () => {
    fc.assert(
      fc.property(three(always, always), ([from, mine]) => {
        for (const merge of [mergePlaybooks(from, mine, from), mergePlaybooks(from, from, mine), mergePlaybooks(from, mine, mine)]) {
          expect(merge.conflicts).toEqual([]);
          expect(diffPlaybooks(merge.playbook, mine)).toMatchObject({ added: [], removed: [], changed: [], moved: [] });
        }
      }),
      { numRuns: 100 },
    );
  });

  it("has both of what was changed apart, without a conflict about a name or description", () => {
    fc.assert(
      fc.property(
        three(
          (at) => at % 2 === 0,
          (at) => at % 2 === 1,
        ),
        ([from, mine, theirs]) => {
          const { playbook, conflicts } = mergePlaybooks(from, mine, theirs);
          expect(conflicts.filter(({ pointer }) => /\/(name|description)$/.test(pointer))).toEqual([]);
          const disputed = new Set(conflicts.map(({ step }) => step));
          for (const [id, step] of Object.entries(playbook.steps)) {
            if (disputed.has(id)) continue;
            const even = Number(id.slice(1)) % 2 === 0;
            if (from.steps[id]) expect(ownFields(step)).toEqual(ownFields((even ? mine : theirs).steps[id]));
          }
          for (const id of Object.keys({ ...mine.steps, ...theirs.steps })) if (!from.steps[id]) expect(playbook.steps).toHaveProperty(id);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("is a valid document that leads nowhere but to its steps, and loses no step but one that a side removed", () => {
    const unrelated = fc.tuple(arbitraryPlaybook({ maxSteps: 6 }), arbitraryPlaybook({ maxSteps: 6 }), arbitraryPlaybook({ maxSteps: 6 }));
    fc.assert(
      fc.property(fc.oneof(three(always, always), unrelated), fc.constantFrom("mine" as const, "theirs" as const), ([from, mine, theirs], side) => {
        const first = mergePlaybooks(from, mine, theirs);
        const { playbook, conflicts, renamed } = mergePlaybooks(from, mine, theirs, new Map(first.conflicts.map(({ pointer }) => [pointer, side])));
        expect(conflicts.map(({ pointer }) => pointer)).toEqual(first.conflicts.map(({ pointer }) => pointer));
        expect(parsePlaybook(JSON.parse(serializePlaybook(playbook)) as unknown)).toMatchObject({ ok: true });
        for (const { to } of connectionsIn(playbook)) expect(playbook.steps).toHaveProperty(to);
        const disputed = new Set(conflicts.map(({ pointer }) => pointer));
        for (const [id] of [...Object.entries(mine.steps), ...Object.entries(theirs.steps)]) {
          const wanted = mine.steps[id] && theirs.steps[id];
          if (wanted || !from.steps[id]) expect(playbook.steps).toHaveProperty(id);
          else if (!playbook.steps[id] && !disputed.has(`/steps/${id}`)) expect([mine.steps[id], theirs.steps[id]].filter(Boolean)).toEqual([from.steps[id]]);
        }
        for (const { to } of renamed) expect(playbook.steps).toHaveProperty(to);
      }),
      { numRuns: 300 },
    );
  });
});
