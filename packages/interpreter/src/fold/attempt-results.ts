import type { Json } from "@drawbridge/playbook";
import type { RunError } from "../run-error.ts";
import type { Awaited } from "../run-state.ts";
import { cancel, close } from "./awaiting.ts";
import { attemptsAt, cellAt, changeAttempts, changeCell, changeItem, itemCellAt } from "./cells.ts";
import type { Draft } from "./draft.ts";
import { addTask } from "./tasks.ts";

/** Stops waiting for the effect, since it has its result, and for its timer. */
export function finish(draft: Draft, effect: string): Awaited | null {
  const awaited = close(draft, effect);
  if (awaited) clear(draft, awaited);
  return awaited;
}

/** Stops waiting for the effect, its timer included, without a result. */
export function abandon(draft: Draft, awaited: Awaited): void {
  cancel(draft, awaited.effect.id);
  clear(draft, awaited);
}

function clear(draft: Draft, { step, item }: Awaited): void {
  const attempts = attemptsAt(cellAt(draft.run, step), item);
  cancel(draft, attempts.effect);
  cancel(draft, attempts.timer);
  changeAttempts(draft, step, item, { effect: null, timer: null });
  leaveDoubt(draft, step, item);
}

/** What the step or item waited for is here. */
export function addSuccess(draft: Draft, { step, item }: Awaited, output: Json, way = "next"): void {
  addTask(draft, { do: "succeed", step, item, round: cellAt(draft.run, step).round, output, way });
}

/** The attempt failed; whether it is made again is to be decided. */
export function addFailure(draft: Draft, { step, item }: Awaited, error: RunError, retryAfterMs = 0): void {
  addTask(draft, { do: "retry", step, item, round: cellAt(draft.run, step).round, error, retryAfterMs });
}

function leaveDoubt(draft: Draft, step: number, item: number | null): void {
  const cell = cellAt(draft.run, step);
  if (cell.state.status !== "in-doubt") return;
  const items = cell.state.items;
  if (item === null || !items) {
    changeCell(draft, step, { state: { ...cell.state, status: "running" } });
    return;
  }
  const itemCell = itemCellAt(cell, item);
  if (itemCell.state.status !== "in-doubt") return;
  const inDoubt = items.inDoubt - 1;
  const state = { ...cell.state, status: inDoubt > 0 ? ("in-doubt" as const) : ("running" as const), items: { ...items, inDoubt } };
  changeItem(draft, step, item, { state: { ...itemCell.state, status: "running" } }, { state });
}
