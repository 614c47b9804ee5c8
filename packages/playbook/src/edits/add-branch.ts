import * as z from "zod";
import { json } from "../json.ts";
import { slug } from "../steps/shared.ts";
import { branchingAt, hasBranch, label, labelTaken } from "./branching.ts";
import { defineEdit } from "./define-edit.ts";
import { withStep } from "./with-steps.ts";

/** Adds a branch as the last; a condition's `when` never holds unless it is given. */
export const addBranch = defineEdit({
  type: "add-branch",
  title: "Add branch",
  params: z.strictObject({ step: slug, label, when: json.optional() }),
  apply(playbook, { step: id, label: added, when }) {
    const step = branchingAt(playbook, id);
    if ("refusal" in step) return step;
    if (hasBranch(step, added)) return labelTaken(added);
    return withStep(
      playbook,
      id,
      step.kind === "ask"
        ? { ...step, branches: [...step.branches, { label: added, next: [] }] }
        : { ...step, branches: [...step.branches, { label: added, when: when ?? false, next: [] }] },
    );
  },
});
