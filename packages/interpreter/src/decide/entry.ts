import type { Json } from "@drawbridge/playbook";
import { effectId } from "../effect-id.ts";
import { type Local, eventScope } from "../event-scope.ts";
import { attemptsAt, cellAt } from "../fold/cells.ts";
import { type Plan, stepAt } from "../plan.ts";
import type { Attempts, Cell, Run, Task } from "../run-state.ts";
import type { Entry } from "../steps/behaviour.ts";

/** Where a task is decided: the step, and the item if it is about one. */
export interface TaskEntry extends Entry {
  readonly plan: Plan;
  readonly cell: Cell;
  readonly item: number | null;
  readonly attempts: Attempts;
}

/** The place that a task is about; to expand is about the next item. */
export function entryOf(plan: Plan, run: Run, time: number, task: Extract<Task, { readonly step: number }>): TaskEntry {
  const at = stepAt(plan, task.step);
  const cell = cellAt(run, task.step);
  const item = task.do === "expand" ? (cell.items?.next ?? 0) : "item" in task ? task.item : null;
  const attempts = attemptsAt(cell, item);
  return { plan, run, at, time, cell, item, attempts, scope: eventScope(plan, run, time, localOf(cell, item)), effect: effectId(run.id, at.id, item, attempts.number + 1) };
}

/** What an expression reads of the item, and of the output that a poll got. */
export function localOf(cell: Cell, item: number | null, output?: Json): Local {
  return { ...(item === null ? {} : { item: cell.items?.list[item] ?? null, index: item }), ...(output === undefined ? {} : { output }) };
}
