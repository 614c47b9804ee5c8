import { applyEdits, type Playbook, type Step } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";
import { flowOrder } from "../canvas/flow-order.ts";
import { insertBefore, waysInto } from "./insert-before.ts";
import { moveInFlow } from "./move-in-flow.ts";

const plain = (next: string[]): Step => ({ kind: "section", name: "S", next });
const playbook: Playbook = {
  schemaVersion: 1,
  id: "p",
  name: "P",
  start: ["a"],
  steps: {
    a: plain(["b"]),
    b: plain(["c"]),
    c: plain(["fork"]),
    fork: { kind: "condition", name: "F", branches: [{ label: "yes", when: true, next: ["join"] }], otherwise: { next: ["join"] } },
    join: plain([]),
  },
  layout: { a: { x: 0, y: 0 }, b: { x: 0, y: 80 }, c: { x: 0, y: 160 }, fork: { x: 0, y: 240 }, join: { x: 0, y: 360 } },
};
const after = (edits: Parameters<typeof applyEdits>[1] | null): Playbook => {
  const result = applyEdits(playbook, edits ?? []);
  if (!result.ok) throw new Error(result.message);
  return result.playbook;
};

describe("moving a step in the flow", () => {
  it("changes places with the next, also at the start, and takes the place of it on the canvas", () => {
    const moved = after(moveInFlow(playbook, "a", true));
    expect(flowOrder(moved)).toEqual(["b", "a", "c", "fork", "join"]);
    expect(moved.start).toEqual(["b"]);
    expect([moved.layout?.["a"]?.y, moved.layout?.["b"]?.y]).toEqual([80, 0]);
    expect(flowOrder(after(moveInFlow(playbook, "c", false)))).toEqual(["a", "c", "b", "fork", "join"]);
  });

  it("comes back to the same document when it is moved the other way", () => {
    const moved = after(moveInFlow(playbook, "b", true));
    const back = moveInFlow(moved, "b", false);
    const result = applyEdits(moved, back ?? []);
    expect(result.ok && result.playbook).toEqual(playbook);
  });

  it("goes neither past a fork nor before the first step", () => {
    expect(moveInFlow(playbook, "c", true)).toBeNull();
    expect(moveInFlow(playbook, "join", false)).toBeNull();
    expect(moveInFlow(playbook, "a", false)).toBeNull();
  });
});

describe("inserting before a step", () => {
  it("lets every way that led there lead to the new step", () => {
    const { id, edits } = insertBefore(playbook, { kind: "section", name: "New", next: [] }, "join");
    const made = after(edits);
    expect(waysInto(made, "join")).toEqual([{ from: id, way: "next", to: "join" }]);
    expect(waysInto(made, id).map(({ from, way }) => `${from} ${way}`)).toEqual(["fork branch:yes", "fork otherwise"]);
  });

  it("begins the playbook when it goes before its first step", () => {
    const { id, edits } = insertBefore(playbook, { kind: "section", name: "New", next: [] }, "a");
    expect(after(edits).start).toEqual([id]);
  });
});
