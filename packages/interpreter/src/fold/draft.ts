import type { Effect } from "../effect.ts";
import type { OwnNodes } from "../persistent/vector.ts";
import type { Plan } from "../plan.ts";
import type { Cell, Run } from "../run-state.ts";

export type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** A run on its way to the next one. Its fields are replaced; of what they hold, only what the draft made itself is changed in place. */
export interface Draft {
  readonly plan: Plan;
  readonly run: Writable<Run>;
  /** What the outside world is to be asked for, by id; null when nobody wants to know. */
  readonly effects: Map<string, Effect> | null;
  /** Whether `run.vars` was made by this draft, and so may be added to. */
  ownsVars: boolean;
  /** The cells made by this draft, by the step's index, and the nodes of `run.cells` that were. */
  readonly ownCells: Map<number, Writable<Cell>>;
  readonly ownNodes: OwnNodes;
}

/** Begins a change of `run`, which itself stays as it is. */
export function draftOf(plan: Plan, run: Run, effects: Map<string, Effect> | null): Draft {
  return { plan, run: { ...run }, effects, ownsVars: false, ownCells: new Map(), ownNodes: new Set() };
}

/** Sets variables in the draft. */
export function setVars(draft: Draft, vars: Run["vars"]): void {
  const all: Record<string, Run["vars"][string]> = draft.ownsVars ? (draft.run.vars as Record<string, Run["vars"][string]>) : { ...draft.run.vars };
  for (const [name, value] of Object.entries(vars)) if (name !== "__proto__") all[name] = value;
  draft.run.vars = all;
  draft.ownsVars = true;
}
