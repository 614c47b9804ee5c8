import { playbook as schema } from "@drawbridge/playbook";
import { expect, test } from "vitest";
import { eventSentence, stepOfEffect, stepOfEvent } from "./event-sentence.ts";

const playbook = schema.parse({
  schemaVersion: 1,
  id: "sample",
  name: "Sample",
  start: ["isolate"],
  steps: {
    isolate: { kind: "action", name: "Isolate the endpoint", action: "xdr.isolate", next: ["done"] },
    done: { kind: "end", name: "Done", outcome: "Contained" },
  },
});
const error = { code: "timed-out", message: "No answer in time", retryable: true };

test("an effect's id names its step, with and without an item", () => {
  expect(stepOfEffect("run-1/isolate/2")).toBe("isolate");
  expect(stepOfEffect("run-1/isolate[4]/2")).toBe("isolate");
  expect(stepOfEffect("nonsense")).toBeNull();
});

test("a poll tells how far it is and when it asks again", () => {
  expect(eventSentence({ seq: 1, at: 0, type: "poll-scheduled", step: "isolate", poll: 3, max: 20, nextAt: 30_000, timer: "t", output: null }, playbook)).toEqual({
    status: "sleeping",
    text: "Isolate the endpoint: poll 3 of 20, next in 30 s",
  });
});

test("a failed attempt tells when it is tried again", () => {
  const event = { seq: 1, at: 0, type: "attempt-failed", step: "isolate", attempt: 1, effect: "r/isolate/1", error, retryAt: 4_000 } as const;
  expect(eventSentence(event, playbook)).toEqual({ status: "failed", text: "Isolate the endpoint, try 1: No answer in time; again in 4.0 s" });
});

test("a skipped step names what ruled it out, unless that is hidden", () => {
  const event = { seq: 1, at: 0, type: "step-skipped", step: "done", because: { step: "isolate", way: "error" } } as const;
  expect(eventSentence(event, playbook).text).toBe("Done was skipped: not on the way taken by Isolate the endpoint");
  expect(eventSentence({ ...event, because: { step: "secret", way: "next" } }, playbook).text).toBe("Done was skipped: not on the way taken by a step not shown to you");
});

test("what a restricted step did is not told", () => {
  const event = { seq: 1, at: 0, type: "effect-sent", effect: "r/hidden/0" } as const;
  expect(stepOfEvent(event)).toBe("hidden");
  expect(eventSentence(event, playbook).text).toBe("Something happened in a step that is not shown to you");
});
