import * as z from "zod";
import { group } from "../playbook.ts";
import { slug } from "../steps/shared.ts";
import { defineEdit, noStep, refuse } from "./define-edit.ts";
import { freeId } from "./free-id.ts";
import { stepAt } from "./with-steps.ts";
import { groupAt, mapGroups, withGroups } from "./with-groups.ts";

/** Makes a group of steps; they leave the groups that they were in. */
export const groupSteps = defineEdit({
  type: "group-steps",
  title: "Group steps",
  params: z.strictObject({ id: slug.optional(), ...group.shape }),
  apply(playbook, { id, name, steps, folded }) {
    const unknown = steps.find((step) => !stepAt(playbook, step));
    if (unknown !== undefined) return noStep(unknown);
    if (id !== undefined && groupAt(playbook, id)) return refuse("id-taken", `There is already a group "${id}".`);
    const free = id ?? freeId((other) => groupAt(playbook, other) !== undefined, name, "group");
    const others = mapGroups(playbook, (members) => members.filter((step) => !steps.includes(step)));
    return withGroups(others, { ...others.groups, [free]: { name, steps: [...new Set(steps)], ...(folded ? { folded } : {}) } });
  },
});
