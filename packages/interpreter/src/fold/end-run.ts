import { emptyKeyed, valuesOf } from "../persistent/keyed.ts";
import { emptyQueue, queued } from "../persistent/queue.ts";
import type { Run } from "../run-state.ts";
import { cancel } from "./awaiting.ts";
import { cellAt, changeItem, itemCellAt } from "./cells.ts";
import type { Draft } from "./draft.ts";
import { settle } from "./settle.ts";

/** The run is over: whatever is still under way is cancelled. The cost is that of what is under way. */
export function endRun(draft: Draft, at: number, end: Pick<Run, "status" | "outcome" | "outputs" | "error">, failedStep: string | null): void {
  const { run, plan } = draft;
  const failed = failedStep === null ? undefined : plan.indexes.get(failedStep);
  const cut = new Set<number>();
  const cutShort = (step: number, item: number | null): void => {
    if (isOver(run, step)) return;
    cut.add(step);
    if (item !== null) cancelItemState(draft, step, item);
  };
  for (const awaited of valuesOf(run.awaited)) {
    cutShort(awaited.step, awaited.item);
    cancel(draft, awaited.effect.id);
  }
  for (const queue of [run.settling, run.ready]) for (const task of queued(queue)) if ("step" in task && task.do !== "skip" && task.round === cellAt(run, task.step).round) cutShort(task.step, "item" in task ? task.item : null);
  for (const step of cut) settle(draft, step, at, { status: "cancelled" });
  if (failed !== undefined) cut.add(failed);
  Object.assign(run, { ...end, endedAt: at, active: 0, settling: emptyQueue, ready: emptyQueue, awaited: emptyKeyed, signals: emptyKeyed, ending: null, cut: [...cut].sort((one, other) => one - other) } satisfies Partial<Run>);
}

const over = new Set(["succeeded", "failed", "skipped", "cancelled"]);

function isOver(run: Run, step: number): boolean {
  return over.has(cellAt(run, step).state.status);
}

function cancelItemState(draft: Draft, step: number, item: number): void {
  const { state, attempts } = itemCellAt(cellAt(draft.run, step), item);
  const { effect: _effect, ...rest } = state;
  if (!over.has(state.status)) changeItem(draft, step, item, { state: { ...rest, status: "cancelled" }, attempts: { ...attempts, effect: null, timer: null } });
}
