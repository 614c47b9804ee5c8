import { describe, expect, it } from "vitest";
import { edgeAt, stepAt, stepsIn } from "./hit.ts";
import type { SceneEdge } from "./scene.ts";

const rects = new Map([
  ["one", { x: 0, y: 0, width: 200, height: 48 }],
  ["two", { x: 0, y: 100, width: 200, height: 48 }],
]);
const edge = (id: string, x: number): SceneEdge => ({
  id,
  from: "one",
  way: "next",
  kind: "next",
  label: "",
  to: "two",
  source: "one",
  target: "two",
  points: [
    { x, y: 48 },
    { x, y: 100 },
  ],
});

describe("what lies at a place of the canvas", () => {
  it("is the step whose card covers it", () => {
    expect(stepAt({ rects }, { x: 10, y: 110 })).toBe("two");
    expect(stepAt({ rects }, { x: 10, y: 70 })).toBeNull();
  });

  it("is the nearest connection within reach", () => {
    const edges = [edge("left", 90), edge("right", 110)];
    expect(edgeAt({ edges }, { x: 106, y: 70 }, 14)?.id).toBe("right");
    expect(edgeAt({ edges }, { x: 140, y: 70 }, 14)).toBeNull();
    expect(edgeAt({ edges }, { x: 110, y: 130 }, 14)).toBeNull();
  });

  it("is every step that a rectangle touches", () => {
    expect(stepsIn({ rects }, { x: 150, y: 40, width: 100, height: 30 })).toEqual(["one"]);
    expect(stepsIn({ rects }, { x: 150, y: 40, width: 100, height: 80 })).toEqual(["one", "two"]);
  });
});
