import { accepts } from "./accepts.ts";
import { decide } from "./decide/decide.ts";
import type { Effect } from "./effect.ts";
import { apply, begin } from "./fold/apply.ts";
import { type Draft, draftOf } from "./fold/draft.ts";
import type { Plan } from "./plan.ts";
import type { Run } from "./run-state.ts";
import type { RunDecision, RunInput, TraceEvent } from "./trace-event.ts";

/** What happens next: the run after the input and all that follows from it at once, the effects to carry out, and the entries to append to the trace. `run` is null only for `run-started`; an input that changes nothing gives the same run back. */
export function advance(plan: Plan, run: Run | null, input: RunInput): readonly [run: Run, effects: readonly Effect[], trace: readonly TraceEvent[]] {
  if (run && !accepts(plan, run, input)) return [run, [], []];
  const effects = new Map<string, Effect>();
  const [draft, first] = firstEntry(plan, run, input, effects);
  const trace: TraceEvent[] = [first];
  const add = (decision: RunDecision): void => {
    const event = { seq: draft.run.seq + 1, at: input.at, ...decision };
    apply(draft, event);
    trace.push(event);
  };
  for (let decision = decide(plan, draft.run, input.at); decision; decision = decide(plan, draft.run, input.at)) {
    if (trace.length > plan.budget) {
      add({
        type: "run-failed",
        outcome: null,
        step: null,
        error: { code: "step-budget-exhausted", message: `More than ${plan.budget} decisions followed from one event.`, retryable: false },
      });
      break;
    }
    add(decision);
  }
  return [draft.run, [...effects.values()], trace];
}

function firstEntry(plan: Plan, run: Run | null, input: RunInput, effects: Map<string, Effect>): readonly [Draft, TraceEvent] {
  if (input.type === "run-started") {
    const event = { seq: 1, ...input };
    return [begin(plan, event, effects), event];
  }
  if (!run) throw new Error("a run begins with run-started");
  const draft = draftOf(plan, run, effects);
  const event = { seq: run.seq + 1, ...input };
  apply(draft, event);
  return [draft, event];
}
