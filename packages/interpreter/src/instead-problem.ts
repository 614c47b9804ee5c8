import { cellAt } from "./fold/cells.ts";
import { type Plan, stepAt } from "./plan.ts";
import type { Run } from "./run-state.ts";
import type { Instead } from "./trace-event.ts";

/** Why a re-run cannot do this instead of what its steps do; null when it can. Only steps that send something can be left out, and only recorded outputs can stand in. */
export function insteadProblem(plan: Plan, run: Run, instead: { readonly [step: string]: Instead }): string | null {
  for (const [id, how] of Object.entries(instead)) {
    const index = plan.indexes.get(id);
    if (index === undefined) return `The playbook has no step "${id}".`;
    if (!("request" in stepAt(plan, index).behaviour)) return `The step "${id}" sends nothing, so there is nothing to leave out.`;
    if (how === "simulate" && cellAt(run, index).state.status !== "succeeded") return `The step "${id}" has no recorded output to stand in for it.`;
  }
  return null;
}
