import * as z from "zod";
import { slug } from "../steps/shared.ts";
import { defineEdit, noStep, refuse } from "./define-edit.ts";
import { renameInOutputs, renameInStep } from "./rename-references.ts";
import { mapGroups } from "./with-groups.ts";
import { mapWays } from "./with-ways.ts";
import { replaced, stepAt } from "./with-steps.ts";

/** Gives a step another id, in every way, template and logic that names it. */
export const changeStepId = defineEdit({
  type: "change-step-id",
  title: "Change step id",
  params: z.strictObject({ from: slug, to: slug }),
  apply(playbook, { from, to }) {
    if (!stepAt(playbook, from)) return noStep(from);
    if (from === to) return playbook;
    if (stepAt(playbook, to)) return refuse("id-taken", `There is already a step "${to}".`);
    const renaming = new Map([[from, to]]);
    const rename = (id: string): string => renaming.get(id) ?? id;
    const steps = Object.entries(playbook.steps).map(
      ([id, step]) =>
        [
          rename(id),
          renameInStep(
            mapWays(step, (next) => (next.includes(from) ? replaced(next, from, [to]) : next)),
            renaming,
          ),
        ] as const,
    );
    const renamed = {
      ...playbook,
      ...(playbook.outputs ? { outputs: renameInOutputs(playbook.outputs, renaming) } : {}),
      start: playbook.start.map(rename),
      steps: Object.fromEntries(steps),
      ...(playbook.layout ? { layout: Object.fromEntries(Object.entries(playbook.layout).map(([id, position]) => [rename(id), position])) } : {}),
    };
    return mapGroups(renamed, (members) => members.map(rename));
  },
});
