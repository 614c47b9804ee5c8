import * as z from "zod";
import { position } from "../playbook.ts";
import { slug } from "../steps/shared.ts";
import { defineEdit, noStep } from "./define-edit.ts";
import { stepAt } from "./with-steps.ts";

/** Moves steps on the canvas. */
export const moveSteps = defineEdit({
  type: "move-steps",
  title: "Move steps",
  params: z.strictObject({ positions: z.record(slug, position) }),
  apply(playbook, { positions }) {
    const unknown = Object.keys(positions).find((id) => !stepAt(playbook, id));
    return unknown === undefined ? { ...playbook, layout: { ...playbook.layout, ...positions } } : noStep(unknown);
  },
});
