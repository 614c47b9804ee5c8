import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { CaseDesk } from "../case-desk.ts";
import { caseSnapshot } from "../case-snapshot.ts";
import { caseIdOf, caseInput, deskCall } from "../desk-call.ts";

export const pauseSlaClock = defineAction<CaseDesk>()({
  name: "pause-sla",
  title: "Pause an SLA clock",
  summary: "Stops a clock from counting, e.g. while others are waited for.",
  effect: "changes",
  repeatable: true,
  input: z.object({
    case: caseInput,
    name: z
      .string()
      .min(1)
      .max(120)
      .meta({ title: "Clock", description: "The clock's name.", examples: ["Resolve within 1 h"] }),
  }),
  output: z.object({ case: caseSnapshot.meta({ description: "The case afterwards." }) }),
  run: ({ name, ...input }, context) => context.client.changeSla(caseIdOf(input, context), { name, change: "pause" }, deskCall(context)),
});
