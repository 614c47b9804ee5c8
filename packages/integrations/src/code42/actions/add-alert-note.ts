import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { Code42Client } from "../client.ts";
import { alertId, findAlert } from "../find-alert.ts";

export const addAlertNote = defineAction<Code42Client>()({
  name: "add-alert-note",
  title: "Add a note to an alert",
  summary: "Writes the alert's note; sends nothing when it says the same already.",
  effect: "changes",
  repeatable: true,
  input: z.object({ alertId, note: z.string().min(1).max(2_000).describe("The text; it takes the place of the note before.").meta({ title: "Note" }) }),
  output: z.object({
    alertId: z.string().describe("The alert's id."),
    note: z.string().describe("The note now."),
    alreadyNoted: z.boolean().describe("Whether it said the same before."),
  }),
  run: async (input, { client, signal }) => {
    const alert = await findAlert(client, input.alertId, signal);
    const alreadyNoted = alert.note?.message === input.note;
    if (!alreadyNoted) await client.addAlertNote(input.alertId, input.note, signal);
    return { ...input, alreadyNoted };
  },
});
