import type { Playbook, Step } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";
import { flowOrder } from "./flow-order.ts";

const plain = (next: string[]) => ({ kind: "set", name: "Set", values: {}, next }) as Step;
const of = (steps: Record<string, Step>, start: string[]): Playbook => ({ schemaVersion: 1, id: "p", name: "P", start, steps });

describe("flowOrder", () => {
  it("puts a step after all that lead to it, branch by branch", () => {
    expect(flowOrder(of({ join: plain([]), a: plain(["b", "c"]), c: plain(["join"]), b: plain(["join"]) }, ["a"]))).toEqual(["a", "b", "c", "join"]);
  });

  it("names what nothing leads to at the end, and every step once", () => {
    expect(flowOrder(of({ alone: plain(["a"]), a: plain([]), start: plain(["a"]) }, ["start"]))).toEqual(["start", "a", "alone"]);
  });

  it("ends on a cycle and still names every step", () => {
    expect(flowOrder(of({ a: plain(["b"]), b: plain(["c"]), c: plain(["b"]) }, ["a"])).sort()).toEqual(["a", "b", "c"]);
  });
});
