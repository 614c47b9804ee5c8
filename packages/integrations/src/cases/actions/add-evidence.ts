import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { CaseDesk } from "../case-desk.ts";
import { caseSnapshot } from "../case-snapshot.ts";
import { caseIdOf, caseInput, deskCall } from "../desk-call.ts";

export const addEvidence = defineAction<CaseDesk>()({
  name: "add-evidence",
  title: "Add evidence",
  summary: "Puts something on the case's evidence board, with where it came from.",
  effect: "changes",
  repeatable: true,
  input: z.object({
    case: caseInput,
    title: z.string().min(1).max(200).meta({ title: "Title" }),
    kind: z.enum(["file", "entry", "table", "artifact"]).default("artifact").meta({ title: "Kind" }),
    description: z.string().max(4000).nullish().meta({ title: "Description", format: "multiline" }),
    data: z.json().optional().meta({ title: "Data", description: "What it is, e.g. a step's output." }),
    hash: z.string().max(128).nullish().meta({ title: "Hash", description: "Of the file, e.g. its SHA-256." }),
    source: z.string().max(100).nullish().meta({ title: "Source step", description: "Id of the step that found it." }),
  }),
  output: z.object({
    case: caseSnapshot.meta({ description: "The case afterwards." }),
    evidence: z.string().meta({ description: "The evidence's id." }),
  }),
  run: ({ title, kind, description, data, hash, source, ...input }, context) =>
    context.client.addEvidence(caseIdOf(input, context), { title, kind, description: description ?? "", hash: hash ?? null, data, source: source ?? null }, deskCall(context)),
});
