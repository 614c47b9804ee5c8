import type { Step, StepKind, StepOf } from "@drawbridge/playbook";
import { action } from "./action.ts";
import { ask } from "./ask.ts";
import type { Behaviour } from "./behaviour.ts";
import { call } from "./call.ts";
import { condition } from "./condition.ts";
import { end } from "./end.ts";
import { script } from "./script.ts";
import { section } from "./section.ts";
import { set } from "./set.ts";
import { wait } from "./wait.ts";

export type { Behaviour } from "./behaviour.ts";

const behaviours: { readonly [Kind in StepKind]: Behaviour<StepOf<Kind>> } = { action, condition, ask, wait, call, set, script, section, end };

/** How this step behaves. */
export function behaviourOf(step: Step): Behaviour<Step> {
  return behaviours[step.kind] as unknown as Behaviour<Step>;
}
