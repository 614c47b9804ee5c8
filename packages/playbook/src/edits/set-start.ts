import * as z from "zod";
import { next } from "../steps/shared.ts";
import { defineEdit, noStep } from "./define-edit.ts";
import { stepAt } from "./with-steps.ts";

/** Says with which steps a run begins. */
export const setStart = defineEdit({
  type: "set-start",
  title: "Set the start",
  params: z.strictObject({ steps: next }),
  apply(playbook, { steps }) {
    const unknown = steps.find((id) => !stepAt(playbook, id));
    return unknown === undefined ? { ...playbook, start: [...new Set(steps)] } : noStep(unknown);
  },
});
