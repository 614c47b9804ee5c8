import type { StepStatus } from "@drawbridge/interpreter";

/** What a run shows of one step on its card. */
export interface StepView {
  readonly status: StepStatus;
  /** Replaces the status's usual word ("Approved", "Asks Helen"). */
  readonly word?: string;
  /** Beside the word: a length of time, "try 2", a person. */
  readonly time?: string;
  readonly attempts?: number;
  readonly poll?: { readonly count: number; readonly max: number; readonly text?: string };
  readonly items?: { readonly total: number; readonly succeeded: number; readonly failed: number; readonly running: number };
  readonly error?: { readonly code: string; readonly message: string; readonly handled: boolean };
  /** Why it was skipped, for people. */
  readonly because?: string;
  /** The way out that was taken, when it is over. */
  readonly way?: string | null;
  /** The person looking may not see it: drawn in one neutral state. */
  readonly hidden?: boolean;
}

/** How a connection stands in a run, or between two versions. `error` is an error way that was taken. */
export type EdgeState = "waiting" | "taken" | "running" | "error" | "not-taken" | "hidden" | "added" | "removed";

/** What became of a step, a note or a group between two versions. */
export type ChangeKind = "added" | "removed" | "changed" | "moved";

/** What a check found at a step, for its badge. */
export interface StepProblems {
  readonly severity: "error" | "warning" | "hint";
  readonly messages: readonly string[];
}
