import { emptyKeyed, valuesOf } from "../persistent/keyed.ts";
import { emptyQueue, queued } from "../persistent/queue.ts";
import type { Run } from "../run-state.ts";
import { isSettled } from "../settled.ts";
import { cellAt } from "./cells.ts";
import type { Draft } from "./draft.ts";
import { settle } from "./settle.ts";

/** The run is over: whatever is still under way is cancelled. The cost is that of what is under way. */
export function endRun(draft: Draft, at: number, end: Pick<Run, "status" | "outcome" | "outputs" | "error">, failedStep: string | null): void {
  const { run, plan } = draft;
  const failed = failedStep === null ? undefined : plan.indexes.get(failedStep);
  const cut = new Set<number>();
  const cutShort = (step: number): void => {
    if (!isSettled(cellAt(run, step).state.status)) cut.add(step);
  };
  for (const awaited of valuesOf(run.awaited)) cutShort(awaited.step);
  for (const queue of [run.settling, run.ready])
    for (const task of queued(queue)) if ("step" in task && task.do !== "skip" && task.round === cellAt(run, task.step).round) cutShort(task.step);
  for (const step of cut) settle(draft, step, at, "cancelled");
  if (failed !== undefined) cut.add(failed);
  Object.assign(run, {
    ...end,
    endedAt: at,
    active: 0,
    settling: emptyQueue,
    ready: emptyQueue,
    awaited: emptyKeyed,
    signals: emptyKeyed,
    ending: null,
    cut: [...cut].sort((one, other) => one - other),
  } satisfies Partial<Run>);
}
