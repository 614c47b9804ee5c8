import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { CaseDesk } from "../case-desk.ts";
import { caseFieldsInput } from "../case-fields.ts";
import { caseSnapshot } from "../case-snapshot.ts";
import { caseIdOf, caseInput, deskCall } from "../desk-call.ts";
import { withoutNulls } from "../without-nulls.ts";

export const update = defineAction<CaseDesk>()({
  name: "update",
  title: "Fill in the case",
  summary: "Writes facts into the case, and changes its title, subject, severity or status.",
  effect: "changes",
  repeatable: true,
  input: z.object({
    case: caseInput,
    fields: caseFieldsInput.default({}).meta({ title: "Facts", description: "What is not given, or null, stays as it is." }),
    source: z.string().max(100).nullish().meta({ title: "Source step", description: "Id of the step that found the facts; shown beside them." }),
    title: z.string().min(1).max(200).nullish().meta({ title: "Title" }),
    subject: z.string().max(200).nullish().meta({ title: "Subject" }),
    severity: z.enum(["low", "medium", "high", "critical"]).nullish().meta({ title: "Severity" }),
    status: z.enum(["open", "contained"]).nullish().meta({ title: "Status" }),
  }),
  output: z.object({ case: caseSnapshot.meta({ description: "The case afterwards." }) }),
  run: ({ fields, source, title, subject, severity, status, ...input }, context) =>
    context.client.update(
      caseIdOf(input, context),
      {
        fields: withoutNulls(fields),
        source: source ?? null,
        title: title ?? undefined,
        subject: subject ?? undefined,
        severity: severity ?? undefined,
        status: status ?? undefined,
      },
      deskCall(context),
    ),
});
