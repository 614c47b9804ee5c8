import type { PlanStep } from "../plan.ts";
import { stepNamed } from "../plan.ts";
import type { ItemsState, ItemState } from "../run.ts";
import type { RunDecision } from "../trace-event.ts";
import { cellAt, changeItem, itemCellAt } from "./cells.ts";
import type { Draft } from "./draft.ts";
import { addTask } from "./tasks.ts";

type Started = Extract<RunDecision, { readonly type: "attempt-started" }> & { readonly item: number };

/** An attempt for one item begins; the next item follows while there is room. */
export function startItem(draft: Draft, { index, policy }: PlanStep, { item, attempt, effect, input, case: ofCase }: Started, timer: string | null): void {
  const cell = cellAt(draft.run, index);
  const { state, attempts } = itemCellAt(cell, item);
  const { output: _output, error: _error, ...rest } = state;
  const isNew = item >= (cell.items?.next ?? 0);
  const counts = cell.state.items;
  const running = (counts?.running ?? 0) + (isNew ? 1 : 0);
  changeItem(
    draft,
    index,
    item,
    {
      state: { ...rest, status: "running", attempts: attempt, effect },
      attempts: { ...attempts, number: attempt, tries: attempts.tries + 1, effect, timer, asked: { input, ...(ofCase === undefined ? {} : { case: ofCase }) } },
    },
    { top: Math.max(cell.top, attempt), state: { ...cell.state, attempts: Math.max(cell.top, attempt), ...(counts ? { items: { ...counts, running } } : {}) } },
  );
  if (isNew && running < (policy.forEach?.concurrency ?? 1)) expandFurther(draft, index, item + 1);
}

/** An item is done; the next one may start, or the step is. */
export function itemDone(draft: Draft, { step, item }: { readonly step: string; readonly item: number }, change: Pick<ItemState, "status" | "output" | "error">): void {
  const { index, policy } = stepNamed(draft.plan, step);
  const cell = cellAt(draft.run, index);
  const counts = cell.state.items;
  if (!counts || !cell.items) return;
  const wasStarted = item < cell.items.next;
  const { state, attempts } = itemCellAt(cell, item);
  const { effect: _effect, error: _error, ...rest } = state;
  const after: ItemsState = {
    ...counts,
    running: counts.running - (wasStarted ? 1 : 0),
    succeeded: counts.succeeded + (change.status === "succeeded" ? 1 : 0),
    failed: counts.failed + (change.status === "failed" ? 1 : 0),
  };
  changeItem(draft, index, item, { state: { ...rest, ...change }, attempts: { ...attempts, effect: null, timer: null } }, { state: { ...cell.state, items: after } });
  const { round } = cell;
  if (change.error && change.status === "failed" && policy.forEach?.onItemError !== "continue") {
    const error = {
      code: "for-each-items-failed",
      message: `Item ${item + 1} of ${after.total} failed: ${change.error.message}`,
      retryable: false,
      details: { failed: [{ index: item, code: change.error.code, message: change.error.message }] },
    };
    addTask(draft, { do: "fail", step: index, item: null, round, error, way: "error" });
  } else if (after.succeeded + after.failed === after.total) addTask(draft, { do: "gather", step: index, round });
  else if (!wasStarted || counts.running >= (policy.forEach?.concurrency ?? 1)) expandFurther(draft, index, Math.max(cell.items.next, item + 1));
}

function expandFurther(draft: Draft, index: number, next: number): void {
  const { items, round } = cellAt(draft.run, index);
  if (items && next < items.list.length) addTask(draft, { do: "expand", step: index, round });
}
