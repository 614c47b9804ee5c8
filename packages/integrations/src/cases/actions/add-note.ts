import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { CaseDesk } from "../case-desk.ts";
import { caseSnapshot } from "../case-snapshot.ts";
import { caseIdOf, caseInput, deskCall } from "../desk-call.ts";

export const addNote = defineAction<CaseDesk>()({
  name: "add-note",
  title: "Write to the war room",
  summary: "Adds an entry to the case's war room.",
  effect: "changes",
  repeatable: true,
  input: z.object({
    case: caseInput,
    text: z.string().min(1).max(32_000).meta({ title: "Text", description: "Markdown.", format: "multiline" }),
    data: z.json().optional().meta({ title: "Data", description: "Shown under the text, a list of objects as a table." }),
  }),
  output: z.object({
    case: caseSnapshot.meta({ description: "The case afterwards." }),
    entry: z.string().meta({ description: "The entry's id." }),
  }),
  run: ({ text, data, ...input }, context) => context.client.addNote(caseIdOf(input, context), { text, data }, deskCall(context)),
});
