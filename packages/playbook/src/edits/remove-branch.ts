import * as z from "zod";
import { slug } from "../steps/shared.ts";
import { branchingAt, hasBranch, label, noBranch } from "./branching.ts";
import { defineEdit, refuse } from "./define-edit.ts";
import { withStep } from "./with-steps.ts";

/** Removes a branch, but not the last one. */
export const removeBranch = defineEdit({
  type: "remove-branch",
  title: "Remove branch",
  params: z.strictObject({ step: slug, label }),
  apply(playbook, { step: id, label: removed }) {
    const step = branchingAt(playbook, id);
    if ("refusal" in step) return step;
    if (!hasBranch(step, removed)) return noBranch(removed);
    if (step.branches.length === 1) return refuse("last-branch", "A step with branches keeps at least one.");
    const stays = (branch: { label: string }): boolean => branch.label !== removed;
    return withStep(playbook, id, step.kind === "ask" ? { ...step, branches: step.branches.filter(stays) } : { ...step, branches: step.branches.filter(stays) });
  },
});
