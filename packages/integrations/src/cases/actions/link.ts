import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { CaseDesk } from "../case-desk.ts";
import { caseSnapshot } from "../case-snapshot.ts";
import { caseIdOf, caseInput, deskCall } from "../desk-call.ts";

export const link = defineAction<CaseDesk>()({
  name: "link",
  title: "Link two cases",
  summary: "Links the case with another one, both ways.",
  effect: "changes",
  repeatable: true,
  input: z.object({ case: caseInput, other: z.string().min(1).max(100).meta({ title: "Other case", description: "Its id." }) }),
  output: z.object({ case: caseSnapshot.meta({ description: "The case afterwards." }) }),
  run: ({ other, ...input }, context) => context.client.link(caseIdOf(input, context), other, deskCall(context)),
});
