import { describe, expect, it } from "vitest";
import { arranged, arrangements } from "./arrange.ts";

const three = new Map([
  ["a", { x: 0, y: 0, width: 200, height: 48 }],
  ["b", { x: 500, y: 10, width: 100, height: 28 }],
  ["c", { x: 230, y: 200, width: 200, height: 72 }],
]);
const along = (how: (typeof arrangements)[number], axis: "x" | "y") => Object.fromEntries([...arranged(three, how)].map(([id, at]) => [id, at[axis]]));

describe("arranging", () => {
  it("puts edges and middles in one line", () => {
    expect(along("left", "x")).toEqual({ a: 0, b: 0, c: 0 });
    expect(along("right", "x")).toEqual({ a: 400, b: 500, c: 400 });
    expect(along("centre", "x")).toEqual({ a: 200, b: 250, c: 200 });
    expect(along("bottom", "y")).toEqual({ a: 224, b: 244, c: 200 });
    expect(along("middle", "y")).toEqual({ a: 112, b: 122, c: 100 });
  });

  it("makes the gaps even and keeps the outermost where they are", () => {
    expect(along("across", "x")).toEqual({ a: 0, b: 500, c: 250 });
    expect(along("down", "y")).toEqual({ a: 0, b: 110, c: 200 });
  });

  it("changes only the one axis, and nothing the second time", () => {
    for (const how of arrangements) {
      const once = arranged(three, how);
      const again = arranged(new Map([...three].map(([id, rect]) => [id, { ...rect, ...once.get(id) }])), how);
      expect(Object.fromEntries(again)).toEqual(Object.fromEntries(once));
      const axis = ["left", "centre", "right", "across"].includes(how) ? "y" : "x";
      for (const [id, at] of once) expect(at[axis]).toBe(three.get(id)?.[axis]);
    }
  });
});
