import { first, popped, pushed } from "../persistent/queue.ts";
import type { Run, Task } from "../run-state.ts";
import { isSettled } from "../settled.ts";
import { cellAt, itemCellAt } from "./cells.ts";
import type { Draft } from "./draft.ts";

type Queueing = "settling" | "ready";

const queueOf: { readonly [Do in Task["do"]]: Queueing } = {
  enter: "ready",
  expand: "ready",
  attempt: "ready",
  skip: "settling",
  gather: "settling",
  doubt: "settling",
  "skip-doubt": "settling",
  succeed: "settling",
  retry: "settling",
  fail: "settling",
  pause: "settling",
  resume: "settling",
};

/** Puts a task at the end of its queue. */
export function addTask(draft: Draft, task: Task): void {
  const queue = queueOf[task.do];
  draft.run[queue] = pushed(draft.run[queue], task);
}

function currentQueue(run: Run): Queueing | null {
  if (run.ending) return null;
  if (first(run.settling)) return "settling";
  return run.status === "paused" || !first(run.ready) ? null : "ready";
}

/** What is to be decided next, if anything. */
export function currentTask(run: Run): Task | null {
  const queue = currentQueue(run);
  return queue && first(run[queue]);
}

/** Takes the current task away: a decision is made of it. */
export function takeTask(draft: Draft): void {
  const queue = currentQueue(draft.run);
  if (queue) draft.run[queue] = popped(draft.run[queue]);
}

/** Drops tasks at the head of the queues that no longer mean anything. */
export function dropStaleTasks(draft: Draft): void {
  for (const queue of ["settling", "ready"] as const) {
    for (let task = first(draft.run[queue]); task && isStale(draft.run, task); task = first(draft.run[queue])) draft.run[queue] = popped(draft.run[queue]);
  }
}

function isStale(run: Run, task: Task): boolean {
  if (!("step" in task)) return false;
  const cell = cellAt(run, task.step);
  if (cell.round !== task.round || isSettled(cell.state.status)) return true;
  return "item" in task && task.item !== null && isSettled(itemCellAt(cell, task.item).state.status);
}
