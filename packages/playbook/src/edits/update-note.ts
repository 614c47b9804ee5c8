import * as z from "zod";
import { note } from "../playbook.ts";
import { slug } from "../steps/shared.ts";
import { defineEdit, refuse } from "./define-edit.ts";

/** Changes a note's text, place or size. */
export const updateNote = defineEdit({
  type: "update-note",
  title: "Change note",
  params: z.strictObject({ id: slug, ...note.partial().shape }),
  apply(playbook, { id, text, x, y, width, height }) {
    const old = Object.hasOwn(playbook.notes ?? {}, id) ? playbook.notes?.[id] : undefined;
    if (!old) return refuse("unknown-note", `There is no note "${id}".`);
    return { ...playbook, notes: { ...playbook.notes, [id]: { text: text ?? old.text, x: x ?? old.x, y: y ?? old.y, width: width ?? old.width, height: height ?? old.height } } };
  },
});
