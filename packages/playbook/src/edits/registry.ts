import { addBranch } from "./add-branch.ts";
import { addNote } from "./add-note.ts";
import { addStep } from "./add-step.ts";
import { changeStepId } from "./change-step-id.ts";
import { connectSteps } from "./connect-steps.ts";
import type { EditDefinition } from "./define-edit.ts";
import { disconnectSteps } from "./disconnect-steps.ts";
import { groupSteps } from "./group-steps.ts";
import { insertStepOnWay } from "./insert-step-on-way.ts";
import { moveSteps } from "./move-steps.ts";
import { pasteSteps } from "./paste-steps.ts";
import { removeBranch } from "./remove-branch.ts";
import { removeGroup } from "./remove-group.ts";
import { removeNote } from "./remove-note.ts";
import { removeStep } from "./remove-step.ts";
import { renameBranch } from "./rename-branch.ts";
import { renameStep } from "./rename-step.ts";
import { replaceStep } from "./replace-step.ts";
import { setInputs } from "./set-inputs.ts";
import { setLayout } from "./set-layout.ts";
import { setOutputs } from "./set-outputs.ts";
import { setPlaybookDetails } from "./set-playbook-details.ts";
import { setStart } from "./set-start.ts";
import { setTriggers } from "./set-triggers.ts";
import { updateGroup } from "./update-group.ts";
import { updateNote } from "./update-note.ts";
import { updateStep } from "./update-step.ts";

const edits: readonly EditDefinition[] = [
  addStep,
  removeStep,
  renameStep,
  changeStepId,
  updateStep,
  replaceStep,
  connectSteps,
  disconnectSteps,
  insertStepOnWay,
  moveSteps,
  setLayout,
  setStart,
  addBranch,
  renameBranch,
  removeBranch,
  pasteSteps,
  addNote,
  updateNote,
  removeNote,
  groupSteps,
  updateGroup,
  removeGroup,
  setPlaybookDetails,
  setInputs,
  setOutputs,
  setTriggers,
];

/** Every kind of edit, by type. */
export const editRegistry: ReadonlyMap<string, EditDefinition> = new Map(edits.map((edit) => [edit.type, edit]));
