import * as z from "zod";
import { slug } from "../steps/shared.ts";
import { defineEdit, refuse } from "./define-edit.ts";

/** Removes a note. */
export const removeNote = defineEdit({
  type: "remove-note",
  title: "Remove note",
  params: z.strictObject({ id: slug }),
  apply(playbook, { id }) {
    if (!Object.hasOwn(playbook.notes ?? {}, id)) return refuse("unknown-note", `There is no note "${id}".`);
    const { [id]: _removed, ...notes } = playbook.notes ?? {};
    return { ...playbook, notes };
  },
});
