import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { CaseDesk } from "../case-desk.ts";
import { caseSnapshot } from "../case-snapshot.ts";
import { caseIdOf, caseInput, deskCall } from "../desk-call.ts";

export const stopSlaClock = defineAction<CaseDesk>()({
  name: "stop-sla",
  title: "Stop an SLA clock",
  summary: "Ends a clock; it was met or missed.",
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
  run: ({ name, ...input }, context) => context.client.changeSla(caseIdOf(input, context), { name, change: "stop" }, deskCall(context)),
});
