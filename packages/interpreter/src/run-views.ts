import type { Effect } from "./effect.ts";
import { cellAt, itemCellAt } from "./fold/cells.ts";
import { valueOf, valuesOf } from "./persistent/keyed.ts";
import type { Plan } from "./plan.ts";
import type { ItemState, StepState } from "./run.ts";
import type { Awaited, AwaitedEffect, Run } from "./run-state.ts";

/** The state of one step; a step that the playbook does not have is waiting for ever. */
export function stepOf(run: Run, plan: Plan, id: string): StepState {
  return cellAt(run, plan.indexes.get(id) ?? plan.steps.length).state;
}

/** Every step with its state, in the order of the playbook. */
export function* stepsOf(run: Run, plan: Plan): Iterable<readonly [id: string, state: StepState]> {
  for (const { id, index } of plan.steps) yield [id, cellAt(run, index).state];
}

/** The items `from` up to, not including, `to` of a for-each. */
export function itemsOf(run: Run, plan: Plan, step: string, from: number, to: number): ItemState[] {
  const cell = cellAt(run, plan.indexes.get(step) ?? plan.steps.length);
  return (cell.items?.list ?? []).slice(from, to).map((item, offset) => ({ ...itemCellAt(cell, Math.max(from, 0) + offset).state, item }));
}

/** The effect of this id if the run still waits for it, else null. */
export function awaitedEffect(run: Run, id: string): AwaitedEffect | null {
  return valueOf(run.awaited, id)?.effect ?? null;
}

/** Whether the run still waits for the effect and no person has to decide about it. */
export function isDue(run: Run, id: string): boolean {
  return valueOf(run.awaited, id)?.doubt === false;
}

/** Whether the awaited attempt was marked as sent. */
export function isSent(run: Run, id: string): boolean {
  return valueOf(run.awaited, id)?.sent === true;
}

/** All that the run waits for, oldest first: what a driver that starts anew has to take up. Attempts in doubt are not among them, a person decides those. */
export function effectsDue(_plan: Plan, run: Run): readonly Effect[] {
  return inOrder(run, ({ doubt }) => !doubt);
}

/** The ids of the awaited attempts that were marked as sent and are not in doubt yet. */
export function sentEffects(run: Run): ReadonlySet<string> {
  return new Set(inOrder(run, ({ sent, doubt }) => sent && !doubt).map((effect) => effect.id));
}

function inOrder(run: Run, wanted: (awaited: Awaited) => boolean): AwaitedEffect[] {
  return [...valuesOf(run.awaited)]
    .filter(wanted)
    .sort((one, other) => one.order - other.order)
    .map(({ effect }) => effect);
}
