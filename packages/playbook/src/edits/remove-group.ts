import * as z from "zod";
import { slug } from "../steps/shared.ts";
import { defineEdit } from "./define-edit.ts";
import { groupAt, noGroup, withGroups } from "./with-groups.ts";

/** Dissolves a group; its steps stay. */
export const removeGroup = defineEdit({
  type: "remove-group",
  title: "Dissolve group",
  params: z.strictObject({ id: slug }),
  apply(playbook, { id }) {
    if (!groupAt(playbook, id)) return noGroup(id);
    const { [id]: _removed, ...groups } = playbook.groups ?? {};
    return withGroups(playbook, groups);
  },
});
