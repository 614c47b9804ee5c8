import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffPlaybooks } from "./diff.ts";
import type { Json } from "./json.ts";
import type { Playbook } from "./playbook.ts";
import { arbitraryPlaybook } from "./testing/arbitrary-playbook.ts";

const before: Playbook = {
  schemaVersion: 1,
  id: "p",
  name: "P",
  start: ["a"],
  steps: {
    a: { kind: "wait", name: "A", for: "PT1M", next: ["b"] },
    b: { kind: "action", name: "B", action: "x.y", with: { to: ["m"], cc: { x: 1, y: 2 } }, next: ["c"] },
    c: { kind: "end", name: "C", outcome: "done" },
  },
  layout: { a: { x: 0, y: 0 }, b: { x: 0, y: 1 }, c: { x: 0, y: 2 } },
};

describe("diffPlaybooks", () => {
  it("tells added, removed, changed and merely moved apart", () => {
    const after: Playbook = {
      ...before,
      name: "Q",
      steps: {
        a: { kind: "wait", name: "A", for: "PT1M", next: ["b"] },
        b: { kind: "action", name: "B", action: "x.y", with: { to: ["m", "n"], cc: { y: 2, x: 3 } }, timeout: "PT5S", next: [] },
        d: { kind: "end", name: "D", outcome: "done" },
      },
      layout: { a: { x: 9, y: 0 }, b: { x: 9, y: 1 }, d: { x: 0, y: 2 } },
      notes: { n: { text: "N", x: 0, y: 0, width: 100, height: 100 } },
      groups: { g: { name: "G", steps: ["a"] } },
    };
    expect(diffPlaybooks(before, after)).toEqual({
      added: ["d"],
      removed: ["c"],
      changed: [
        { step: null, fields: [{ pointer: "/name", before: "P", after: "Q" }] },
        {
          step: "b",
          fields: [
            { pointer: "/with/to", before: ["m"], after: ["m", "n"] },
            { pointer: "/with/cc/x", before: 1, after: 3 },
            { pointer: "/next", before: ["c"], after: [] },
            { pointer: "/timeout", after: "PT5S" },
          ],
        },
      ],
      ways: { added: [], removed: [{ from: "b", way: "next", to: "c" }] },
      moved: ["a"],
      notes: ["n"],
      groups: ["g"],
    });
  });

  it("compares branches by their labels, and conditions as a whole", () => {
    const choosing = (branches: { label: string; when: Json; next: string[] }[]): Playbook => ({
      ...before,
      steps: { q: { kind: "condition", name: "Q", branches } },
      start: ["q"],
    });
    const yes = { label: "yes", when: { "==": [{ var: "input.a" }, 1] }, next: [] };
    const no = { label: "no", when: { "==": [{ var: "input.a" }, 2] }, next: [] };
    expect(diffPlaybooks(choosing([yes, no]), choosing([{ ...no, when: { ">": [{ var: "input.a" }, 2] } }])).changed).toEqual([
      {
        step: "q",
        fields: [
          { pointer: "/branches/0/when", before: no.when, after: { ">": [{ var: "input.a" }, 2] } },
          { pointer: "/branches/0", before: yes },
        ],
      },
    ]);
    expect(diffPlaybooks(choosing([yes, no]), choosing([no, yes])).changed[0]?.fields.map(({ pointer }) => pointer)).toEqual(["/branches"]);
  });

  it("finds nothing between a playbook and itself, and the opposite the other way round", () => {
    const none = { added: [], removed: [], changed: [], ways: { added: [], removed: [] }, moved: [], notes: [], groups: [] };
    fc.assert(
      fc.property(arbitraryPlaybook({ maxSteps: 6 }), arbitraryPlaybook({ maxSteps: 6 }), (one, other) => {
        expect(diffPlaybooks(one, JSON.parse(JSON.stringify(one)) as Playbook)).toEqual(none);
        const [there, back] = [diffPlaybooks(one, other), diffPlaybooks(other, one)];
        expect([back.added, back.removed, [...back.moved].sort()]).toEqual([there.removed, there.added, [...there.moved].sort()]);
        expect(back.ways).toEqual({ added: there.ways.removed, removed: there.ways.added });
        expect(back.changed.map(({ step }) => step).sort()).toEqual(there.changed.map(({ step }) => step).sort());
      }),
      { numRuns: 50 },
    );
  });
});
