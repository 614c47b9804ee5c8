import type { Plan } from "../plan.ts";
import type { Run } from "../run-state.ts";
import type { TraceEvent } from "../trace-event.ts";
import { apply, begin } from "./apply.ts";
import { type Draft, draftOf } from "./draft.ts";

/** The run after one more entry of its trace; `run` is null before the first. */
export function fold(plan: Plan, run: Run | null, event: TraceEvent): Run {
  return step(plan, run && draftOf(plan, run, null), event).run;
}

/** The run after all these entries, the first of which started it; null for an empty trace. */
export function foldTrace(plan: Plan, events: Iterable<TraceEvent>): Run | null {
  return foldOnto(plan, null, events);
}

/** The run after these further entries of its trace. */
export function foldOnto(plan: Plan, run: Run | null, events: Iterable<TraceEvent>): Run | null {
  let draft: Draft | null = run && draftOf(plan, run, null);
  for (const event of events) draft = step(plan, draft, event);
  return draft && draft.run;
}

function step(plan: Plan, draft: Draft | null, event: TraceEvent): Draft {
  if (event.type === "run-started") return begin(plan, event, null);
  if (!draft) throw new Error("a trace begins with run-started");
  apply(draft, event);
  return draft;
}
