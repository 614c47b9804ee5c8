import type { Step } from "@drawbridge/playbook";
import { effectId } from "../effect-id.ts";
import type { RunError } from "../run-error.ts";
import type { Attempting } from "../steps/behaviour.ts";
import type { RunDecision } from "../trace-event.ts";
import type { TaskEntry } from "./entry.ts";

/** Asks for the next attempt. The input is worked out for the first one, and the same for those that follow. */
export function startAttempt(entry: TaskEntry, behaviour: Attempting<Step>): RunDecision {
  const { at, cell, item, attempts, effect } = entry;
  const { input, ...rest } = attempts.asked ?? behaviour.input(at.step, entry);
  return {
    type: "attempt-started",
    step: at.id,
    attempt: attempts.number + 1,
    effect,
    ...(item === null ? {} : { item }),
    input: attempts.asked || !cell.override ? input : { ...input, ...cell.override },
    ...rest,
  };
}

/** Makes a failed attempt again if the step says so and the error lets it; what the vendor asks for outweighs a shorter pause. */
export function retry({ run, at, time, item, attempts }: TaskEntry, error: RunError, retryAfterMs: number): RunDecision {
  const effect = effectId(run.id, at.id, item, attempts.number);
  const attempt = { type: "attempt-failed", step: at.id, attempt: attempts.number, effect, ...(item === null ? {} : { item }), error } as const;
  const policy = at.policy.retry;
  if (!policy || !error.retryable || attempts.tries >= policy.attempts) return attempt;
  const delay = Math.min(policy.maxDelayMs, Math.round(policy.delayMs * policy.backoff ** (attempts.tries - 1)));
  return { ...attempt, retryAt: time + Math.max(delay, retryAfterMs), timer: `${effect}/retry` };
}
