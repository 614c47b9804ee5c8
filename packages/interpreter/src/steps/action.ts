import type { StepOf } from "@drawbridge/playbook";
import type { Attempting } from "./behaviour.ts";
import { attemptPolicy } from "./policy.ts";
import { resolvedValues } from "./resolved-values.ts";

/** Calls an integration's action. */
export const action: Attempting<StepOf<"action">> = {
  policy: attemptPolicy,
  input: (step, { scope }) => ({ input: resolvedValues(step.with, scope) }),
  request: (step, started, timeoutMs) => ({
    type: "call-action",
    id: started.effect,
    step: started.step,
    attempt: started.attempt,
    ...(started.item === undefined ? {} : { item: started.item }),
    action: step.action,
    ...(step.connection === undefined ? {} : { connection: step.connection }),
    input: started.input,
    ...(timeoutMs === null ? {} : { timeoutMs }),
  }),
};
