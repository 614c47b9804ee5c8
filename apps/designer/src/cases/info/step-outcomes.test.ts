import type { TraceEvent } from "@drawbridge/interpreter";
import { playbook } from "@drawbridge/playbook";
import { expect, it } from "vitest";
import { stepOutcomes } from "./step-outcomes.ts";

const document = playbook.parse({
  schemaVersion: 1,
  id: "p",
  name: "P",
  start: ["a"],
  steps: { a: { kind: "section", name: "A", next: ["b"] }, b: { kind: "section", name: "B", next: ["c"] }, c: { kind: "end", name: "C", outcome: "done" } },
});
const error = { code: "not-found", message: "", retryable: false };

it("shows each step as its newest entry left it, and waiting before the first", () => {
  const events: TraceEvent[] = [
    { seq: 1, at: 1, type: "attempt-started", step: "a", attempt: 1, effect: "r/a/1", input: {} },
    { seq: 2, at: 2, type: "step-succeeded", step: "a", output: null, way: "next" },
    { seq: 3, at: 3, type: "step-failed", step: "b", error, way: "error" },
  ];
  expect(stepOutcomes(document, events).map(({ step, status, handled }) => [step, status, handled])).toEqual([
    ["a", "succeeded", false],
    ["b", "failed", true],
    ["c", "waiting", false],
  ]);
});

it("goes back to waiting when a step is run again", () => {
  const events: TraceEvent[] = [
    { seq: 1, at: 1, type: "step-failed", step: "a", error, way: null },
    { seq: 2, at: 2, type: "rerun-requested", step: "a", by: "x" },
  ];
  expect(stepOutcomes(document, events)[0]?.status).toBe("waiting");
});
