import type { StepOf } from "@drawbridge/playbook";
import type { Deciding } from "./behaviour.ts";
import { succeeded } from "./outcome.ts";
import { resolvedText } from "./resolved-values.ts";

/** Reaches an outcome; what that makes of the run is its policy. */
export const end: Deciding<StepOf<"end">> = {
  policy: (step) => ({ end: { failed: step.result === "failed", terminate: step.terminate === true } }),
  enter: (step, { at, scope }) => succeeded(at, { outcome: resolvedText(step.outcome, scope) }, null),
};
