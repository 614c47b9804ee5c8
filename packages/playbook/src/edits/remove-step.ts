import * as z from "zod";
import { slug } from "../steps/shared.ts";
import { waysOf } from "../ways.ts";
import { defineEdit, noStep } from "./define-edit.ts";
import { mapGroups } from "./with-groups.ts";
import { mapWays } from "./with-ways.ts";
import { mapSteps, replaced, stepAt } from "./with-steps.ts";

/** Removes a step; what led to it leads to what followed it on success. */
export const removeStep = defineEdit({
  type: "remove-step",
  title: "Remove step",
  params: z.strictObject({ id: slug }),
  apply(playbook, { id }) {
    const removed = stepAt(playbook, id);
    if (!removed) return noStep(id);
    const after = waysOf(removed)
      .filter((way) => way.kind !== "error" && way.kind !== "limit")
      .flatMap((way) => way.next)
      .filter((next) => next !== id);
    const healed = mapSteps(playbook, (step, from) => mapWays(step, (next) => (next.includes(id) ? replaced(next, id, after).filter((each) => each !== from) : next)));
    const { [id]: _step, ...steps } = healed.steps;
    const { [id]: _position, ...layout } = healed.layout ?? {};
    return mapGroups({ ...healed, start: replaced(healed.start, id, after), steps, ...(healed.layout ? { layout } : {}) }, (members) => members.filter((step) => step !== id));
  },
});
