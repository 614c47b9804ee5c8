import type { StepOf } from "@drawbridge/playbook";
import type { Attempting } from "./behaviour.ts";
import { attemptPolicy } from "./policy.ts";
import { resolvedValues } from "./resolved-values.ts";

/** Runs sandboxed JavaScript. */
export const script: Attempting<StepOf<"script">> = {
  policy: attemptPolicy,
  input: (step, { scope }) => ({ input: resolvedValues(step.with, scope) }),
  request: (step, started, timeoutMs) => ({
    type: "run-script",
    id: started.effect,
    step: started.step,
    attempt: started.attempt,
    source: step.source,
    input: started.input,
    ...(timeoutMs === null ? {} : { timeoutMs }),
  }),
};
