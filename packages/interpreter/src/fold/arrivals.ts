import { type PlanStep, stepAt } from "../plan.ts";
import type { Cause, Cell } from "../run-state.ts";
import { cellAt, ownCell } from "./cells.ts";
import type { Draft, Writable } from "./draft.ts";
import { addTask } from "./tasks.ts";

/** Goes `way` out of a step that is done; its other ways are ruled out, for `cause` when it was skipped itself. */
export function leave(draft: Draft, from: PlanStep, way: string | null, cause: Cause | null = null): void {
  for (let index = 0; index < from.ways.length; index += 1) {
    const each = from.ways[index];
    for (const target of each?.to ?? []) countIn(draft, target, each?.id === way ? null : (cause ?? { step: from.index, way: index }));
  }
}

function countIn(draft: Draft, target: number, ruledOutBy: Cause | null): void {
  if (cellAt(draft.run, target).entered) return;
  count(ownCell(draft, target), ruledOutBy);
  enterIfDue(draft, target);
}

/** One more way in has arrived, or can no longer. */
export function count(counts: Writable<Pick<Cell, "arrived" | "gone" | "cause">>, ruledOutBy: Cause | null): void {
  if (ruledOutBy === null) {
    counts.arrived += 1;
    return;
  }
  counts.gone += 1;
  counts.cause = earlier(counts.cause, ruledOutBy);
}

/** The one that the playbook has first, so that the order of arrival does not matter. */
function earlier(one: Cause | null, other: Cause): Cause {
  return one && (one.step - other.step || one.way - other.way) <= 0 ? one : other;
}

/** Queues a step when enough of its ways in are known. */
export function enterIfDue(draft: Draft, index: number): void {
  const cell = cellAt(draft.run, index);
  const step = stepAt(draft.plan, index);
  const complete = cell.arrived + cell.gone >= step.incoming.length + (step.starts ? 1 : 0);
  if (cell.entered || !(complete || (step.any && cell.arrived > 0))) return;
  if (cell.arrived > 0) enter(draft, index);
  else {
    ownCell(draft, index).entered = true;
    addTask(draft, { do: "skip", step: index, round: cell.round });
  }
}

/** Queues a step to run. */
export function enter(draft: Draft, index: number): void {
  const cell = ownCell(draft, index);
  cell.entered = true;
  draft.run.active += 1;
  addTask(draft, { do: "enter", step: index, round: cell.round });
}
