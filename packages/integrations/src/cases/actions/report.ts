import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { CaseDesk } from "../case-desk.ts";
import { caseSnapshot } from "../case-snapshot.ts";
import { caseIdOf, caseInput, deskCall } from "../desk-call.ts";

export const report = defineAction<CaseDesk>()({
  name: "report",
  title: "Write the report",
  summary: "Writes the investigation summary as the case stands now, as HTML, text and, where the desk can, PDF.",
  effect: "changes",
  repeatable: true,
  input: z.object({
    case: caseInput,
    title: z.string().min(1).max(200).nullish().meta({ title: "Title", description: "Made of the case's id and title without one." }),
  }),
  output: z.object({
    case: caseSnapshot.meta({ description: "The case afterwards." }),
    reportId: z.string().meta({ description: "The report's id." }),
    title: z.string().meta({ description: "Its title." }),
    html: z.string().meta({ description: "The report as an HTML page, fit for e-mail." }),
    text: z.string().meta({ description: "The report as plain text." }),
    attachment: z
      .object({ filename: z.string(), contentType: z.string(), contentBase64: z.string() })
      .nullable()
      .meta({ description: "The PDF, to attach to an e-mail; null where none is made." }),
  }),
  run: ({ title, ...input }, context) => context.client.report(caseIdOf(input, context), { title: title ?? null }, deskCall(context)),
});
