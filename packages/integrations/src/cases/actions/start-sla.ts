import { ActionError, defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { CaseDesk } from "../case-desk.ts";
import { caseSnapshot } from "../case-snapshot.ts";
import { caseIdOf, caseInput, deskCall } from "../desk-call.ts";
import { duration, durationMs } from "../duration.ts";

export const startSlaClock = defineAction<CaseDesk>()({
  name: "start-sla",
  title: "Start an SLA clock",
  summary: "Starts counting towards a target; one of that name that runs already goes on.",
  effect: "changes",
  repeatable: true,
  input: z.object({
    case: caseInput,
    name: z
      .string()
      .min(1)
      .max(120)
      .meta({ title: "Clock", description: "The clock's name.", examples: ["Resolve within 1 h"] }),
    target: duration.meta({ title: "Target", description: "The time there is, e.g. PT1H.", examples: ["PT1H"], format: "duration" }),
    atRiskAt: duration.nullish().meta({ title: "At risk after", description: "Three quarters of the target unless told otherwise.", format: "duration" }),
  }),
  output: z.object({ case: caseSnapshot.meta({ description: "The case afterwards." }) }),
  run: ({ name, target, atRiskAt, ...input }, context) => {
    const targetMs = durationMs(target);
    if (targetMs === 0) throw new ActionError("invalid-input", "The target is no time at all.");
    return context.client.changeSla(caseIdOf(input, context), { name, change: "start", targetMs, ...(atRiskAt ? { atRiskMs: durationMs(atRiskAt) } : {}) }, deskCall(context));
  },
});
