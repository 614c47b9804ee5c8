import * as z from "zod";
import type { Playbook } from "../playbook.ts";
import type { StepOf } from "../steps/registry.ts";
import { noStep, refuse } from "./define-edit.ts";
import type { EditRefusal } from "./edit.ts";
import { stepAt } from "./with-steps.ts";

/** A branch's label. */
export const label = z.string().min(1).max(80);

/** A step with labelled branches. */
export type Branching = StepOf<"condition"> | StepOf<"ask">;

/** The step if it has branches, else why not. */
export function branchingAt(playbook: Playbook, id: string): Branching | { readonly refusal: EditRefusal } {
  const step = stepAt(playbook, id);
  if (!step) return noStep(id);
  return step.kind === "condition" || step.kind === "ask" ? step : refuse("unknown-branch", `The step "${id}" has no branches.`);
}

/** Refuses a label that no branch has. */
export const noBranch = (label: string): { readonly refusal: EditRefusal } => refuse("unknown-branch", `There is no branch "${label}".`);

/** Refuses a label that a branch has already. */
export const labelTaken = (label: string): { readonly refusal: EditRefusal } => refuse("label-taken", `There is already a branch "${label}".`);

/** Whether a branch has that label. */
export const hasBranch = (step: Branching, label: string): boolean => step.branches.some((branch) => branch.label === label);
