import * as z from "zod";
import { note } from "../playbook.ts";
import { slug } from "../steps/shared.ts";
import { defineEdit, refuse } from "./define-edit.ts";
import { freeId } from "./free-id.ts";

/** Adds a note to the canvas. */
export const addNote = defineEdit({
  type: "add-note",
  title: "Add note",
  params: z.strictObject({ id: slug.optional(), ...note.shape }),
  apply(playbook, { id, ...added }) {
    const taken = (other: string): boolean => Object.hasOwn(playbook.notes ?? {}, other);
    if (id !== undefined && taken(id)) return refuse("id-taken", `There is already a note "${id}".`);
    return { ...playbook, notes: { ...playbook.notes, [id ?? freeId(taken, "note", "note")]: added } };
  },
});
