import type { StepState } from "@drawbridge/interpreter";
import { playbook as schema } from "@drawbridge/playbook";
import { expect, test } from "vitest";
import { becauseText, edgeStateOf, stepViewOf, summaryText } from "./step-views.ts";

const playbook = schema.parse({
  schemaVersion: 1,
  id: "sample",
  name: "Sample",
  start: ["look"],
  steps: {
    look: { kind: "action", name: "Look up", action: "ad.get", next: ["done"], onError: { next: ["by-hand"] } },
    "by-hand": { kind: "section", name: "By hand" },
    done: { kind: "end", name: "Done", outcome: "Contained" },
  },
});
const waiting: StepState = { status: "waiting", attempts: 0 };
const states = (known: { readonly [id: string]: StepState }) => (id: string) => known[id] ?? waiting;

test("a step that polls shows how far it is and when it asks again", () => {
  const state: StepState = { status: "sleeping", attempts: 3, startedAt: 0, poll: { count: 3, max: 20, nextAt: 38_000 } };
  expect(stepViewOf(playbook, "look", state, states({}), 10_000)).toMatchObject({ status: "sleeping", time: "try 3, 10 s", poll: { count: 3, max: 20, text: "next in 28 s" } });
});

test("a pause before a retry counts down, and its end is not passed", () => {
  const state: StepState = { status: "sleeping", attempts: 1, startedAt: 0, retryAt: 30_000 };
  expect(stepViewOf(playbook, "look", state, states({}), 18_000).time).toBe("12 s left");
  expect(stepViewOf(playbook, "look", state, states({}), 31_000).time).toBe("due now");
});

test("a failure that the playbook has a way for is handled, any other is not", () => {
  const error = { code: "not-found", message: "There is none.", retryable: false };
  const failed: StepState = { status: "failed", attempts: 1, startedAt: 0, endedAt: 5, error };
  expect(stepViewOf(playbook, "look", { ...failed, way: "error" }, states({}), 9).error?.handled).toBe(true);
  expect(stepViewOf(playbook, "look", failed, states({}), 9).error?.handled).toBe(false);
});

test("a skipped step names the step that went another way", () => {
  const stateOf = states({ look: { status: "succeeded", attempts: 1, endedAt: 5, way: "next" } });
  expect(becauseText(playbook, { step: "look", way: "error" }, stateOf)).toBe("Look up succeeded; this step is for when it fails.");
});

test("connections are taken, not taken, failed or hidden by how their step ended", () => {
  const failed = states({ look: { status: "failed", attempts: 1, endedAt: 5, way: "error" } });
  expect(edgeStateOf(playbook, new Set(), failed)("look", "error", "by-hand")).toBe("error");
  expect(edgeStateOf(playbook, new Set(), failed)("look", "next", "done")).toBe("not-taken");
  expect(edgeStateOf(playbook, new Set(), states({}))("look", "next", "done")).toBe("waiting");
  expect(edgeStateOf(playbook, new Set(["by-hand"]), failed)("look", "error", "by-hand")).toBe("hidden");
});

test("the summary counts what there is, and nothing else", () => {
  expect(summaryText([waiting, waiting, { status: "failed", attempts: 1 }])).toBe("1 failed · 2 waiting");
});
