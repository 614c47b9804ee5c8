import * as z from "zod";
import { slug } from "../steps/shared.ts";
import { step } from "../steps/registry.ts";
import { defineEdit, noStep } from "./define-edit.ts";
import { stepAt, withStep } from "./with-steps.ts";

/** Puts a whole other step in a step's place; its id and position stay. */
export const replaceStep = defineEdit({
  type: "replace-step",
  title: "Replace step",
  params: z.strictObject({ id: slug, step }),
  apply: (playbook, { id, step: other }) => (stepAt(playbook, id) ? withStep(playbook, id, other) : noStep(id)),
});
