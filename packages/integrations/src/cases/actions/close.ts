import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { CaseDesk } from "../case-desk.ts";
import { caseSnapshot } from "../case-snapshot.ts";
import { caseIdOf, caseInput, deskCall } from "../desk-call.ts";

export const close = defineAction<CaseDesk>()({
  name: "close",
  title: "Close the case",
  summary: "Closes the case with its resolution and stops its SLA clocks.",
  effect: "changes",
  repeatable: true,
  input: z.object({
    case: caseInput,
    resolution: z.string().min(1).max(4000).meta({ title: "Resolution", description: "How it ended.", format: "multiline" }),
    children: z.enum(["keep", "close"]).default("keep").meta({ title: "Open child cases", description: "keep: leave them open; close: close them too." }),
  }),
  output: z.object({ case: caseSnapshot.meta({ description: "The case afterwards." }) }),
  run: ({ resolution, children, ...input }, context) => context.client.close(caseIdOf(input, context), { resolution, children }, deskCall(context)),
});
