import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { CaseDesk } from "../case-desk.ts";
import { caseSnapshot } from "../case-snapshot.ts";
import { caseIdOf, caseInput, deskCall } from "../desk-call.ts";

export const get = defineAction<CaseDesk>()({
  name: "get",
  title: "Read a case",
  summary: "Reads a case as it stands now.",
  effect: "reads",
  repeatable: true,
  input: z.object({ case: caseInput }),
  output: z.object({ case: caseSnapshot.meta({ description: "The case." }) }),
  run: (input, context) => context.client.get(caseIdOf(input, context), deskCall(context)),
});
