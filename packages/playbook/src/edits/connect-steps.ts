import * as z from "zod";
import { slug } from "../steps/shared.ts";
import { waysOf } from "../ways.ts";
import { defineEdit, noStep, refuse } from "./define-edit.ts";
import { withWay } from "./with-ways.ts";
import { stepAt, withStep, wouldCycle } from "./with-steps.ts";

/** Lets a way out of a step (see `waysOf`; also `error`, `limit` and `otherwise` that it has not yet) lead to another step. */
export const connectSteps = defineEdit({
  type: "connect-steps",
  title: "Connect steps",
  params: z.strictObject({ from: slug, way: z.string(), to: slug }),
  apply(playbook, { from, way, to }) {
    const step = stepAt(playbook, from);
    if (!step) return noStep(from);
    if (!stepAt(playbook, to)) return noStep(to);
    const next = waysOf(step).find((each) => each.id === way)?.next ?? [];
    const connected = withWay(step, way, next.includes(to) ? next : [...next, to]);
    if (!connected) return refuse("unknown-way", `The step "${from}" has no way out "${way}".`);
    return wouldCycle(playbook, from, to)
      ? refuse("would-cycle", "That would lead back to a step that has run already. Use repeat to run a step again.")
      : withStep(playbook, from, connected);
  },
});
