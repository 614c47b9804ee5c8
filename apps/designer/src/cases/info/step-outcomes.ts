import type { StepStatus, TraceEvent } from "@drawbridge/interpreter";
import type { Playbook } from "@drawbridge/playbook";

export interface StepOutcome {
  readonly step: string;
  readonly name: string;
  readonly status: StepStatus;
  /** Failed, and the playbook had a way for it. */
  readonly handled: boolean;
  /** The seq of the entry that decided the status. */
  readonly seq: number;
}

/** How each step of a run stands after these trace entries, in the order of the document. */
export function stepOutcomes(playbook: Playbook, events: readonly TraceEvent[]): readonly StepOutcome[] {
  const states = new Map<string, { status: StepStatus; handled: boolean; seq: number }>();
  for (const event of events) {
    if (!("step" in event) || typeof event.step !== "string") continue;
    const status = statusAfter(event);
    if (status !== null) states.set(event.step, { status, handled: event.type === "step-failed" && event.way !== null, seq: event.seq });
  }
  return Object.entries(playbook.steps).map(([step, { name }]) => ({ step, name, ...(states.get(step) ?? { status: "waiting" as const, handled: false, seq: 0 }) }));
}

function statusAfter(event: TraceEvent): StepStatus | null {
  switch (event.type) {
    case "attempt-started":
      return "running";
    case "attempt-failed":
      return event.retryAt === undefined ? null : "sleeping";
    case "poll-scheduled":
    case "wait-started":
      return "sleeping";
    case "ask-opened":
      return "asking";
    case "step-in-doubt":
      return "in-doubt";
    case "step-succeeded":
      return "succeeded";
    case "step-failed":
      return "failed";
    case "step-skipped":
      return "skipped";
    case "rerun-requested":
      return "waiting";
    default:
      return null;
  }
}
