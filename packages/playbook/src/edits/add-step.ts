import * as z from "zod";
import { position } from "../playbook.ts";
import { slug } from "../steps/shared.ts";
import { step } from "../steps/registry.ts";
import { defineEdit, refuse } from "./define-edit.ts";
import { freeStepId } from "./free-id.ts";
import { stepAt, withPosition, withStep } from "./with-steps.ts";

/** Adds a step that nothing leads to yet; the first step of an empty playbook is also its start. */
export const addStep = defineEdit({
  type: "add-step",
  title: "Add step",
  params: z.strictObject({ id: slug.optional(), step, position: position.optional() }),
  apply(playbook, { id, step: added, position: at }) {
    const free = id ?? freeStepId(playbook, added.name);
    if (stepAt(playbook, free)) return refuse("id-taken", `There is already a step "${free}".`);
    const first = Object.keys(playbook.steps).length === 0 && playbook.start.length === 0;
    const made = withPosition(withStep(playbook, free, added), free, at);
    return first ? { ...made, start: [free] } : made;
  },
});
