import type { TraceEvent } from "@drawbridge/interpreter";
import { expect, test } from "vitest";
import { attemptBars } from "./attempt-bars.ts";

const error = { code: "rate-limited", message: "Too many requests.", retryable: true };
const started = (seq: number, at: number, attempt: number, item?: number): TraceEvent => ({
  seq,
  at,
  type: "attempt-started",
  step: "get",
  attempt,
  effect: `r/get/${attempt}`,
  input: {},
  ...(item !== undefined && { item }),
});

test("a retry is two attempts with a pause between them", () => {
  const bars = attemptBars([
    started(1, 0, 1),
    { seq: 2, at: 10, type: "attempt-failed", step: "get", attempt: 1, effect: "r/get/1", error, retryAt: 40 },
    started(3, 40, 2),
    { seq: 4, at: 55, type: "step-succeeded", step: "get", output: null, way: "next" },
  ]);
  expect(bars.map(({ kind, from, to, tone }) => [kind, from, to, tone])).toEqual([
    ["attempt", 0, 10, "fail"],
    ["pause", 10, 40, "skip"],
    ["attempt", 40, 55, "ok"],
  ]);
  expect(bars[0]?.error).toEqual(error);
});

test("what still lasts has no end", () => {
  const bars = attemptBars([{ seq: 1, at: 5, type: "wait-started", step: "nap", effect: "r/nap/1" }]);
  expect(bars).toEqual([{ step: "nap", kind: "wait", attempt: null, item: null, from: 5, to: null, tone: "wait" }]);
});

test("items of one step end each on its own", () => {
  const bars = attemptBars([started(1, 0, 1, 0), started(2, 1, 1, 1), { seq: 3, at: 9, type: "item-failed", step: "get", item: 1, error }]);
  expect(bars.map(({ item, to, tone }) => [item, to, tone])).toEqual([
    [0, null, "run"],
    [1, 9, "fail"],
  ]);
});

test("the end of the run stops what was under way", () => {
  expect(attemptBars([started(1, 0, 1), { seq: 2, at: 7, type: "run-cancelled", by: "priya" }])[0]).toMatchObject({ to: 7, tone: "skip" });
});
