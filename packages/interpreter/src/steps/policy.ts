import { durationMs, type Json } from "@drawbridge/playbook";

/** What a step says about trying again, in the numbers that the interpreter reckons with. */
export interface Policy {
  readonly forEach: { readonly items: Json; readonly concurrency: number; readonly onItemError: "fail" | "continue" } | null;
  readonly repeat: { readonly until: Json; readonly everyMs: number; readonly max: number } | null;
  readonly retry: { readonly attempts: number; readonly delayMs: number; readonly backoff: number; readonly maxDelayMs: number } | null;
  readonly timeoutMs: number | null;
  /** How long an ask or a wait waits at most. */
  readonly limitMs: number | null;
  readonly onDoubt: "ask" | "retry" | "skip";
  /** What reaching the step makes of the run. */
  readonly end: { readonly failed: boolean; readonly terminate: boolean } | null;
}

/** The policy of a step that says nothing. */
export const noPolicy: Policy = { forEach: null, repeat: null, retry: null, timeoutMs: null, limitMs: null, onDoubt: "ask", end: null };

const longestDelayMs = 366 * 86_400_000;

interface Saying {
  readonly forEach?: { readonly items: Json; readonly concurrency?: number | undefined; readonly onItemError?: "fail" | "continue" | undefined } | undefined;
  readonly repeat?: { readonly until: Json; readonly every: string; readonly max: number } | undefined;
  readonly retry?: { readonly attempts: number; readonly delay: string; readonly backoff?: number | undefined; readonly maxDelay?: string | undefined } | undefined;
  readonly timeout?: string | undefined;
  readonly onDoubt?: "ask" | "retry" | "skip" | undefined;
}

/** The policy of a step that makes attempts. */
export function attemptPolicy({ forEach, repeat, retry, timeout, onDoubt }: Saying): Partial<Policy> {
  return {
    forEach: forEach ? { items: forEach.items, concurrency: forEach.concurrency ?? 1, onItemError: forEach.onItemError ?? "fail" } : null,
    repeat: repeat ? { until: repeat.until, everyMs: durationMs(repeat.every) ?? 0, max: repeat.max } : null,
    retry: retry
      ? {
          attempts: retry.attempts,
          delayMs: durationMs(retry.delay) ?? 0,
          backoff: retry.backoff ?? 1,
          maxDelayMs: (retry.maxDelay === undefined ? null : durationMs(retry.maxDelay)) ?? longestDelayMs,
        }
      : null,
    timeoutMs: timeout === undefined ? null : durationMs(timeout),
    onDoubt: onDoubt ?? "ask",
  };
}

/** The policy of a step that waits for no longer than its time limit. */
export function limitPolicy({ timeLimit }: { readonly timeLimit?: string | undefined }): Partial<Policy> {
  return { limitMs: timeLimit === undefined ? null : durationMs(timeLimit) };
}
