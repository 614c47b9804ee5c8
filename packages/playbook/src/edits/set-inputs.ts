import * as z from "zod";
import { playbook as document } from "../playbook.ts";
import { defineEdit } from "./define-edit.ts";

/** Says what a run is given. */
export const setInputs = defineEdit({
  type: "set-inputs",
  title: "Change inputs",
  params: z.strictObject({ inputs: document.shape.inputs.unwrap() }),
  apply: (playbook, { inputs }) => ({ ...playbook, inputs }),
});
