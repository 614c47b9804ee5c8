import { expect, it } from "vitest";
import { linesMoved } from "./kept-place.ts";

it("follows the first line that is seen when others come before it or go", () => {
  expect(linesMoved(["c", "b", "a"], ["e", "d", "c", "b", "a"], 1)).toBe(2);
  expect(linesMoved(["c", "b", "a"], ["b", "a"], 1)).toBe(-1);
  expect(linesMoved(["c", "b", "a"], ["d", "c", "a"], 1)).toBe(0);
  expect(linesMoved(["c", "b"], ["x"], 0)).toBe(0);
});
