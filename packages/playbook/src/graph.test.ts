import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { graphOf } from "./graph.ts";
import type { Playbook } from "./playbook.ts";
import { arbitraryPlaybook } from "./testing/arbitrary-playbook.ts";

const playbookOf = (ways: { [step: string]: string[] }, start: string[]): Playbook => ({
  schemaVersion: 1,
  id: "p",
  name: "P",
  start,
  steps: Object.fromEntries(Object.entries(ways).map(([id, next]) => [id, { kind: "section" as const, name: id, next }])),
});

describe("graphOf", () => {
  it("knows ways in, order, ancestors, descendants and what is reachable", () => {
    const graph = graphOf(playbookOf({ a: ["b", "c"], b: ["d"], c: ["d"], d: [], lost: ["d"] }, ["a"]));
    expect(graph.waysIn.get("d")?.map((each) => `${each.from}:${each.way.id}`)).toEqual(["b:next", "c:next", "lost:next"]);
    expect([...graph.ancestors("d")].sort()).toEqual(["a", "b", "c", "lost"]);
    expect([...graph.descendants("a")].sort()).toEqual(["b", "c", "d"]);
    expect(graph.reachable.has("lost")).toBe(false);
    expect(graph.order.indexOf("d")).toBe(4);
    expect([graph.precedes("a", "d"), graph.precedes("d", "a"), graph.precedes("b", "c"), graph.precedes("a", "a")]).toEqual([true, false, false, false]);
  });

  it("finds cycles and ways that lead to no step", () => {
    const graph = graphOf(playbookOf({ a: ["b"], b: ["c", "nowhere"], c: ["b"], d: ["d"] }, ["a", "none"]));
    expect(graph.cycles.map((each) => [...each].sort())).toEqual([["b", "c"], ["d"]]);
    expect(graph.dangling).toEqual([
      { from: "b", way: "next", at: 1, to: "nowhere" },
      { from: null, way: "start", at: 1, to: "none" },
    ]);
    expect([graph.precedes("a", "c"), graph.precedes("c", "b"), graph.precedes("d", "a")]).toEqual([true, true, false]);
  });

  it("orders every acyclic playbook so that each step comes after its ancestors, and agrees with itself", () => {
    fc.assert(
      fc.property(arbitraryPlaybook(), (playbook) => {
        const graph = graphOf(playbook);
        expect(graph.cycles).toEqual([]);
        expect(graph.order.length).toBe(Object.keys(playbook.steps).length);
        for (const step of graph.order) {
          const ancestors = graph.ancestors(step);
          for (const other of graph.order) expect(graph.precedes(other, step)).toBe(ancestors.has(other));
          for (const ancestor of ancestors) expect(graph.order.indexOf(ancestor)).toBeLessThan(graph.order.indexOf(step));
        }
      }),
      { numRuns: 50 },
    );
  });

  it("is quick and does not recurse on a long chain", () => {
    const count = 20_000;
    const graph = graphOf(playbookOf(Object.fromEntries(Array.from({ length: count }, (_, at) => [`s${at}`, at + 1 < count ? [`s${at + 1}`] : ["s0"]])), ["s0"]));
    expect(graph.cycles[0]?.length).toBe(count);
  });
});
