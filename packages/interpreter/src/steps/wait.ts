import { durationMs, instantMs, type Json, resolve, type StepOf } from "@drawbridge/playbook";
import type { Deciding } from "./behaviour.ts";
import { failed } from "./outcome.ts";
import { limitPolicy } from "./policy.ts";

const lastInstant = 8.64e15;

/** Waits for a while, until a time, or for a signal; with a time limit if it has one. */
export const wait: Deciding<StepOf<"wait">> = {
  policy: limitPolicy,
  enter: (step, { at, scope, time, effect }) => {
    const started = { type: "wait-started", step: at.id, effect, ...(at.policy.limitMs === null ? {} : { timer: `${effect}/limit` }) } as const;
    if (step.signal !== undefined) return { ...started, signal: step.signal };
    const value = resolve(step.for ?? step.until ?? null, scope);
    const until = step.for === undefined ? instantMs(value) : after(time, value);
    if (until !== null && Math.abs(until) <= lastInstant) return { ...started, until };
    const wanted = step.for === undefined ? "a time such as 2026-03-01T09:00:00Z" : "a duration such as PT5M";
    return failed(at, { code: "invalid-wait", message: `What the step waits for is not ${wanted}.`, retryable: false, details: { value } });
  },
};

function after(time: number, value: Json): number | null {
  const length = typeof value === "string" ? durationMs(value) : null;
  return length === null ? null : time + length;
}
