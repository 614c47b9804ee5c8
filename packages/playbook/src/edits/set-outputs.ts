import * as z from "zod";
import { playbook as document } from "../playbook.ts";
import { defineEdit } from "./define-edit.ts";

/** Says what a run gives. */
export const setOutputs = defineEdit({
  type: "set-outputs",
  title: "Change outputs",
  params: z.strictObject({ outputs: document.shape.outputs.unwrap() }),
  apply: (playbook, { outputs }) => ({ ...playbook, outputs }),
});
