import * as z from "zod";
import { common, slug } from "../steps/shared.ts";
import { defineEdit, noStep } from "./define-edit.ts";
import { stepAt, withStep } from "./with-steps.ts";

/** Gives a step another title; its id stays. */
export const renameStep = defineEdit({
  type: "rename-step",
  title: "Rename step",
  params: z.strictObject({ id: slug, name: common.name }),
  apply(playbook, { id, name }) {
    const step = stepAt(playbook, id);
    return step ? withStep(playbook, id, { ...step, name }) : noStep(id);
  },
});
