import type { Json } from "@drawbridge/playbook";

/** Why a step or a run failed; `code` is stable, `message` is for people. */
export interface RunError {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  readonly details?: Json;
}

/** The codes that the interpreter itself produces. */
export const interpreterErrorCodes = [
  "timed-out",
  "repeat-exhausted",
  "for-each-not-a-list",
  "for-each-items-failed",
  "expression-failed",
  "no-branch-matched",
  "no-answer-in-time",
  "invalid-wait",
  "child-run-failed",
  "child-run-cancelled",
  "skipped-in-doubt",
  "skipped-in-rerun",
  "ended-as-failed",
  "step-budget-exhausted",
] as const;
