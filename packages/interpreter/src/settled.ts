import type { ItemState, StepStatus } from "./run.ts";

const settled: ReadonlySet<StepStatus | ItemState["status"]> = new Set(["succeeded", "failed", "skipped", "cancelled"] as const);

/** Whether nothing more happens to a step, or an item, of this status. */
export function isSettled(status: StepStatus | ItemState["status"]): boolean {
  return settled.has(status);
}
