import * as z from "zod";
import { slug } from "../steps/shared.ts";
import { waysOf } from "../ways.ts";
import { defineEdit, noStep, refuse } from "./define-edit.ts";
import { withWay } from "./with-ways.ts";
import { stepAt, withStep } from "./with-steps.ts";

/** Takes one next step off a way; it need not exist. */
export const disconnectSteps = defineEdit({
  type: "disconnect-steps",
  title: "Disconnect steps",
  params: z.strictObject({ from: slug, way: z.string(), to: slug }),
  apply(playbook, { from, way, to }) {
    const step = stepAt(playbook, from);
    if (!step) return noStep(from);
    const next = waysOf(step).find((each) => each.id === way)?.next;
    if (!next?.includes(to)) return refuse("unknown-way", `The way "${way}" of "${from}" does not lead to "${to}".`);
    return withStep(
      playbook,
      from,
      withWay(
        step,
        way,
        next.filter((each) => each !== to),
      ) ?? step,
    );
  },
});
