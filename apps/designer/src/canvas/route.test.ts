import { describe, expect, it } from "vitest";
import { Obstacles } from "./obstacles.ts";
import { roundedPath } from "./rounded-path.ts";
import { route } from "./route.ts";

const card = (id: string, x: number, y: number) => ({ id, x, y, width: 200, height: 48 });
const leg = (from: [number, number], to: [number, number], side: "bottom" | "right" = "bottom") => ({
  from: { x: from[0], y: from[1] },
  to: { x: to[0], y: to[1] },
  side,
  source: "a",
  target: "z",
});

describe("route", () => {
  it("goes straight down when the target is below", () => {
    expect(route(leg([100, 48], [100, 200]), new Obstacles([]))).toEqual([
      { x: 100, y: 48 },
      { x: 100, y: 200 },
    ]);
  });

  it("turns 12 px above the target, where ways that meet share one bar", () => {
    const turns = [route(leg([100, 48], [400, 300]), new Obstacles([])), route(leg([700, 120], [400, 300]), new Obstacles([]))].map((points) => points.at(-2));
    expect(turns).toEqual([
      { x: 400, y: 288 },
      { x: 400, y: 288 },
    ]);
  });

  it("goes around a card that stands in the column", () => {
    const obstacles = new Obstacles([card("b", 0, 100)]);
    const points = route(leg([100, 48], [100, 300]), obstacles);
    expect(obstacles.crossed(points, new Set(["a", "z"])).size).toBe(0);
    expect(points.length).toBeGreaterThan(2);
  });

  it("leaves an error way to the right and comes in from above", () => {
    const points = route(leg([200, 24], [400, 200], "right"), new Obstacles([]));
    expect(points).toEqual([
      { x: 200, y: 24 },
      { x: 400, y: 24 },
      { x: 400, y: 200 },
    ]);
  });

  it("reaches a target above without running back through its own card", () => {
    const points = route(leg([100, 348], [100, 0]), new Obstacles([]));
    expect(points[1]).toEqual({ x: 100, y: 360 });
    expect(points.at(-2)).toEqual({ x: 100, y: -12 });
    expect(points.every((point, index) => index === 0 || point.x === points[index - 1]?.x || point.y === points[index - 1]?.y)).toBe(true);
  });
});

describe("roundedPath", () => {
  it("rounds a corner by 8 and less where a leg is short", () => {
    expect(
      roundedPath([
        { x: 0, y: 0 },
        { x: 0, y: 50 },
        { x: 50, y: 50 },
      ]),
    ).toBe("M0 0L0 42Q0 50 8 50L50 50");
    expect(
      roundedPath([
        { x: 0, y: 0 },
        { x: 0, y: 6 },
        { x: 50, y: 6 },
      ]),
    ).toBe("M0 0L0 3Q0 6 3 6L50 6");
  });
});
