import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { Code42Client } from "../client.ts";
import { alertId, findAlert } from "../find-alert.ts";

export const resolveAlert = defineAction<Code42Client>()({
  name: "resolve-alert",
  title: "Resolve an alert",
  summary: "Marks an alert as resolved; leaves one alone that is so already.",
  effect: "changes",
  repeatable: true,
  input: z.object({
    alertId,
    note: z
      .string()
      .max(2_000)
      .optional()
      .describe("Why, for the alert's note.")
      .meta({ title: "Note", examples: ["Contained; see the case."] }),
  }),
  output: z.object({
    alertId: z.string().describe("The alert's id."),
    state: z.literal("RESOLVED").describe("Its state now."),
    alreadyResolved: z.boolean().describe("Whether someone had resolved it before; then nothing was sent."),
    previousState: z
      .string()
      .describe("Its state before.")
      .meta({ examples: ["OPEN"] }),
  }),
  run: async (input, { client, signal }) => {
    const { state: previousState } = await findAlert(client, input.alertId, signal);
    const alreadyResolved = previousState === "RESOLVED";
    if (!alreadyResolved) await client.updateAlertState(input.alertId, "RESOLVED", input.note, signal);
    return { alertId: input.alertId, state: "RESOLVED" as const, alreadyResolved, previousState };
  },
});
