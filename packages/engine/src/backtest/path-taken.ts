import type { RunError, TraceEvent } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";

/** What became of a step: `open` while it is under way, `cut` when the run's end cut it short. */
export interface Passed {
  readonly step: string;
  readonly seq: number;
  readonly status: "succeeded" | "failed" | "skipped" | "open" | "cut";
  readonly way: string | null;
  readonly explained?: Json;
  readonly because?: { readonly step: string; readonly way: string } | null;
  readonly error?: RunError;
}

export interface EndOf {
  readonly status: "succeeded" | "failed" | "cancelled" | "open";
  readonly outcome: string | null;
  readonly errorCode: string | null;
  readonly step: string | null;
}

export interface PathTaken {
  /** In the order in which it was decided. */
  readonly steps: ReadonlyMap<string, Passed>;
  readonly end: EndOf;
}

const open: EndOf = { status: "open", outcome: null, errorCode: null, step: null };

/** The way that a trace went: each step as it stood last. */
export function pathTaken(trace: readonly TraceEvent[]): PathTaken {
  const steps = new Map<string, Passed>();
  let end = open;
  const put = (passed: Passed): void => {
    steps.delete(passed.step);
    steps.set(passed.step, passed);
  };
  for (const event of trace) {
    const { seq } = event;
    if (event.type === "attempt-started" || event.type === "items-expanded" || event.type === "ask-opened" || event.type === "wait-started") {
      if (steps.get(event.step)?.status !== "open") put({ step: event.step, seq, status: "open", way: null });
    } else if (event.type === "step-succeeded")
      put({ step: event.step, seq, status: "succeeded", way: event.way, ...(event.explained === undefined ? {} : { explained: event.explained }) });
    else if (event.type === "step-failed") {
      const { step, way, error } = event;
      put({ step, seq, status: "failed", way, error, ...(error.code === "no-branch-matched" && error.details !== undefined ? { explained: error.details } : {}) });
    } else if (event.type === "step-skipped") put({ step: event.step, seq, status: "skipped", way: event.way ?? null, because: event.because });
    else if (event.type === "run-succeeded") end = { status: "succeeded", outcome: event.outcome, errorCode: null, step: null };
    else if (event.type === "run-failed") end = { status: "failed", outcome: event.outcome, errorCode: event.error.code, step: event.step };
    else if (event.type === "run-cancelled") end = { status: "cancelled", outcome: null, errorCode: null, step: null };
    else if (event.type === "rerun-requested") end = open;
  }
  if (end.status !== "open") for (const [id, passed] of steps) if (passed.status === "open") steps.set(id, { ...passed, status: "cut" });
  return { steps, end };
}

/** Whether the run came to the step; one that was skipped in doubt was reached. */
export function isReached(passed: Passed | undefined): passed is Passed {
  return passed !== undefined && (passed.status !== "skipped" || passed.because === null);
}
