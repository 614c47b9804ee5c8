import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connectionsIn } from "./diff.ts";
import type { Playbook } from "./playbook.ts";
import { arbitraryPlaybook } from "./testing/arbitrary-playbook.ts";
import { unitePlaybooks } from "./unite.ts";

const before: Playbook = {
  schemaVersion: 1,
  id: "p",
  name: "P",
  start: ["a"],
  steps: {
    a: {
      kind: "ask",
      name: "A",
      prompt: "?",
      branches: [
        { label: "yes", next: ["b"] },
        { label: "no", next: ["b"] },
      ],
    },
    b: { kind: "end", name: "B", outcome: "done" },
  },
  layout: { a: { x: 0, y: 0 }, b: { x: 0, y: 100 } },
};
const after: Playbook = {
  ...before,
  steps: { a: { kind: "ask", name: "A", prompt: "?", branches: [{ label: "yes", next: ["c"] }] }, c: { kind: "end", name: "C", outcome: "done" } },
  layout: { a: { x: 0, y: 0 }, c: { x: 0, y: 100 } },
};

describe("unitePlaybooks", () => {
  it("draws what was removed beside what has taken its place", () => {
    const united = unitePlaybooks(before, after);
    expect(connectionsIn(united)).toEqual([
      { from: null, way: "next", to: "a" },
      { from: "a", way: "branch:yes", to: "c" },
      { from: "a", way: "branch:yes", to: "b" },
      { from: "a", way: "branch:no", to: "b" },
    ]);
    expect(united.layout).toEqual({ a: { x: 0, y: 0 }, c: { x: 0, y: 100 }, b: { x: 232, y: 100 } });
  });

  it("keeps the notes of both, the later text of one that both have", () => {
    const note = (text: string) => ({ text, x: 0, y: 0, width: 100, height: 50 });
    const united = unitePlaybooks({ ...before, notes: { a: note("was"), b: note("gone") } }, { ...after, notes: { a: note("is") } });
    expect(united.notes).toEqual({ a: note("is"), b: note("gone") });
  });

  it("has every step of both and every connection of the later one", () => {
    fc.assert(
      fc.property(arbitraryPlaybook({ maxSteps: 6 }), arbitraryPlaybook({ maxSteps: 6 }), (one, other) => {
        const united = unitePlaybooks(one, other);
        expect(Object.keys(united.steps).sort()).toEqual([...new Set([...Object.keys(one.steps), ...Object.keys(other.steps)])].sort());
        expect(connectionsIn(united)).toEqual(expect.arrayContaining(connectionsIn(other)));
      }),
      { numRuns: 50 },
    );
  });
});
