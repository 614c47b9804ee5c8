import { expect, test } from "vitest";
import type { AttemptBar } from "./attempt-bars.ts";
import { packBars } from "./pack-bars.ts";

const bar = (item: number, tone: AttemptBar["tone"] = "ok"): AttemptBar => ({ step: "get", kind: "attempt", attempt: 1, item, from: item, to: item + 1, tone });

test("a few bars are drawn one by one, an open one up to now", () => {
  const drawn = packBars([bar(0), { ...bar(5), to: null }], 0, 20);
  expect(drawn.map(({ from, to, count }) => [from, to, count])).toEqual([
    [0, 1, 1],
    [5, 20, 1],
  ]);
});

test("ten thousand become at most two hundred, none lost, and a failure among them shows", () => {
  const bars = Array.from({ length: 10_000 }, (_, item) => bar(item, item === 4_321 ? "fail" : "ok"));
  const drawn = packBars(bars, 0, 10_000);
  expect(drawn.length).toBeLessThanOrEqual(201);
  expect(drawn.reduce((sum, { count }) => sum + count, 0)).toBe(10_000);
  expect(drawn.filter((each) => each.bar.tone === "fail").map(({ from, to }) => from <= 4_321 && to >= 4_322)).toEqual([true]);
  expect([drawn[0]?.from, drawn.at(-1)?.to]).toEqual([0, 10_000]);
});
