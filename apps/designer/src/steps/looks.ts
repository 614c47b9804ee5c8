import type { Step, StepKind } from "@drawbridge/playbook";
import { action } from "./action.ts";
import { ask } from "./ask.ts";
import { call } from "./call.ts";
import { condition } from "./condition.ts";
import { end } from "./end.ts";
import { script } from "./script.ts";
import { section } from "./section.ts";
import { set } from "./set.ts";
import type { StepLook } from "./step-look.ts";
import { wait } from "./wait.ts";

/** The look of every step kind. */
export const stepLooks: { readonly [Kind in StepKind]: StepLook<Kind> } = { action, condition, ask, wait, call, set, script, section, end };

/** The look of a step, callable with that step. */
export function lookOf(step: Pick<Step, "kind">): StepLook<StepKind> {
  return stepLooks[step.kind] as unknown as StepLook<StepKind>;
}
