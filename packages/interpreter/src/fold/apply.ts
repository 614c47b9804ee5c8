import type { Plan } from "../plan.ts";
import type { RunDecision, RunInput, TraceEvent } from "../trace-event.ts";
import { enterIfDue } from "./arrivals.ts";
import { ownCell } from "./cells.ts";
import { decisions } from "./decisions.ts";
import { type Draft, draftOf } from "./draft.ts";
import { inputs } from "./inputs.ts";
import { startedRun } from "./started.ts";
import { dropStaleTasks, takeTask } from "./tasks.ts";

/** Begins a run with the first entry of its trace. */
export function begin(plan: Plan, event: Extract<TraceEvent, { readonly type: "run-started" }>, effects: Draft["effects"]): Draft {
  const draft = draftOf(plan, startedRun(plan, event), effects);
  for (const step of plan.start) {
    ownCell(draft, step).arrived = 1;
    enterIfDue(draft, step);
  }
  return draft;
}

/** Carries one entry of the trace into the draft. A decision takes the task that it was made of. */
export function apply(draft: Draft, event: Exclude<TraceEvent, { readonly type: "run-started" }>): void {
  draft.run.seq = event.seq;
  if (event.type in inputs) (inputs[event.type as keyof typeof inputs] as (draft: Draft, event: RunInput) => void)(draft, event as RunInput);
  else {
    takeTask(draft);
    (decisions[event.type as RunDecision["type"]] as (draft: Draft, event: RunDecision, at: number) => void)(draft, event as RunDecision, event.at);
  }
  dropStaleTasks(draft);
}
