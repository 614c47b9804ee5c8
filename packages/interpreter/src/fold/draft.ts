import type { Effect } from "../effect.ts";
import type { Plan } from "../plan.ts";
import type { Run } from "../run-state.ts";

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** A run on its way to the next one. Its fields are replaced, what they hold is not changed. */
export interface Draft {
  readonly plan: Plan;
  readonly run: Writable<Run>;
  /** What the outside world is to be asked for, by id; null when nobody wants to know. */
  readonly effects: Map<string, Effect> | null;
  /** Whether `run.vars` was made by this draft, and so may be added to. */
  ownsVars: boolean;
}

/** Begins a change of `run`, which itself stays as it is. */
export function draftOf(plan: Plan, run: Run, effects: Map<string, Effect> | null): Draft {
  return { plan, run: { ...run }, effects, ownsVars: false };
}

/** Sets variables in the draft. */
export function setVars(draft: Draft, vars: Run["vars"]): void {
  const all: Record<string, Run["vars"][string]> = draft.ownsVars ? (draft.run.vars as Record<string, Run["vars"][string]>) : { ...draft.run.vars };
  for (const [name, value] of Object.entries(vars)) if (name !== "__proto__") all[name] = value;
  draft.run.vars = all;
  draft.ownsVars = true;
}
