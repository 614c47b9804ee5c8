import * as z from "zod";
import { playbook as document } from "../playbook.ts";
import { defineEdit } from "./define-edit.ts";

/** Says what starts a run by itself. */
export const setTriggers = defineEdit({
  type: "set-triggers",
  title: "Change triggers",
  params: z.strictObject({ triggers: document.shape.triggers.unwrap() }),
  apply: (playbook, { triggers }) => ({ ...playbook, triggers }),
});
