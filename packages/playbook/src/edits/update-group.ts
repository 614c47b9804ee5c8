import * as z from "zod";
import { group } from "../playbook.ts";
import { slug } from "../steps/shared.ts";
import { defineEdit, noStep } from "./define-edit.ts";
import { stepAt } from "./with-steps.ts";
import { groupAt, mapGroups, noGroup, withGroups } from "./with-groups.ts";

/** Renames or folds a group, takes steps in (out of their group) or lets them go; without a step it is gone. */
export const updateGroup = defineEdit({
  type: "update-group",
  title: "Change group",
  params: z.strictObject({ id: slug, name: group.shape.name.optional(), folded: z.boolean().optional(), add: z.array(slug).optional(), remove: z.array(slug).optional() }),
  apply(playbook, { id, name, folded, add = [], remove = [] }) {
    if (!groupAt(playbook, id)) return noGroup(id);
    const unknown = add.find((step) => !stepAt(playbook, step));
    if (unknown !== undefined) return noStep(unknown);
    const moved = mapGroups(playbook, (members, each) => {
      const stay = members.filter((step) => !add.includes(step) || each === id);
      return each === id ? [...new Set([...stay, ...add])].filter((step) => !remove.includes(step)) : stay;
    });
    const made = groupAt(moved, id);
    if (!made) return moved;
    const { folded: was, ...rest } = made;
    return withGroups(moved, { ...moved.groups, [id]: { ...rest, ...(name === undefined ? {} : { name }), ...((folded ?? was) ? { folded: true } : {}) } });
  },
});
