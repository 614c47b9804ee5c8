import * as z from "zod";
import { position } from "../playbook.ts";
import { slug } from "../steps/shared.ts";
import { defineEdit } from "./define-edit.ts";
import { stepAt } from "./with-steps.ts";

/** Puts a whole layout in the place of the old one; positions of no step are left out. */
export const setLayout = defineEdit({
  type: "set-layout",
  title: "Lay out",
  params: z.strictObject({ layout: z.record(slug, position) }),
  apply: (playbook, { layout }) => ({ ...playbook, layout: Object.fromEntries(Object.entries(layout).filter(([id]) => stepAt(playbook, id))) }),
});
