import { expect, it } from "vitest";
import { anchored } from "./anchored.ts";

it("keeps as many steps as possible where they were", () => {
  const layout = { a: { x: 0, y: 0 }, b: { x: 0, y: 72 }, c: { x: 0, y: 144 }, fresh: { x: 216, y: 144 } };
  const before = { a: { x: 40, y: 100 }, b: { x: 40, y: 172 }, c: { x: 300, y: 20 } };
  expect(anchored(layout, before)).toEqual({ a: { x: 40, y: 100 }, b: { x: 40, y: 172 }, c: { x: 40, y: 244 }, fresh: { x: 256, y: 244 } });
});

it("changes nothing of a layout when nothing had a place", () => {
  expect(anchored({ a: { x: 8, y: 64 } }, {})).toEqual({ a: { x: 8, y: 64 } });
});
