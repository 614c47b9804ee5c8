import * as z from "zod";
import { slug } from "../steps/shared.ts";
import { branchingAt, hasBranch, label, labelTaken, noBranch } from "./branching.ts";
import { defineEdit } from "./define-edit.ts";
import { withStep } from "./with-steps.ts";

/** Gives a branch another label. */
export const renameBranch = defineEdit({
  type: "rename-branch",
  title: "Rename branch",
  params: z.strictObject({ step: slug, from: label, to: label }),
  apply(playbook, { step: id, from, to }) {
    const step = branchingAt(playbook, id);
    if ("refusal" in step) return step;
    if (!hasBranch(step, from)) return noBranch(from);
    if (from !== to && hasBranch(step, to)) return labelTaken(to);
    const relabel = <Branch extends { label: string }>(branch: Branch): Branch => (branch.label === from ? { ...branch, label: to } : branch);
    return withStep(playbook, id, step.kind === "ask" ? { ...step, branches: step.branches.map(relabel) } : { ...step, branches: step.branches.map(relabel) });
  },
});
