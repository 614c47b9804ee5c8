import { evaluateExplained, isTruthy, type Json, type StepOf } from "@drawbridge/playbook";
import type { Deciding } from "./behaviour.ts";
import { failed, succeeded } from "./outcome.ts";

/** Goes the first way whose `when` holds, else `otherwise`; without one it fails. Explains every branch that it looked at. */
export const condition: Deciding<StepOf<"condition">> = {
  enter: (step, { at, scope }) => {
    const explained: Json[] = [];
    for (const branch of step.branches) {
      const { value, explained: because } = evaluateExplained(branch.when, scope);
      const holds = isTruthy(value);
      explained.push({ branch: branch.label, holds, because: because as unknown as Json });
      if (holds) return succeeded(at, branch.label, `branch:${branch.label}`, { explained });
    }
    if (step.otherwise) return succeeded(at, "otherwise", "otherwise", { explained });
    return failed(at, { code: "no-branch-matched", message: "No branch of the condition holds, and it has no other way out.", retryable: false, details: explained });
  },
};
