import type { StepOf } from "@drawbridge/playbook";
import type { Deciding } from "./behaviour.ts";
import { succeeded } from "./outcome.ts";
import { resolvedValues } from "./resolved-values.ts";

/** Sets variables; its output is what it set. */
export const set: Deciding<StepOf<"set">> = {
  enter: (step, { at, scope }) => {
    const vars = resolvedValues(step.values, scope);
    return succeeded(at, vars, "next", { vars });
  },
};
