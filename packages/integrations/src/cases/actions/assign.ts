import { ActionError, defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { CaseDesk } from "../case-desk.ts";
import { caseSnapshot, personRef } from "../case-snapshot.ts";
import { caseIdOf, caseInput, deskCall } from "../desk-call.ts";

export const assign = defineAction<CaseDesk>()({
  name: "assign",
  title: "Assign the owner",
  summary: "Gives the case an owner: a person, or by rule.",
  effect: "changes",
  repeatable: true,
  input: z.object({
    case: caseInput,
    owner: z.email().nullish().meta({ title: "Owner", description: "E-mail of a person; goes before the rule." }),
    rule: z
      .enum(["by-alert-type", "least-busy", "on-call"])
      .nullish()
      .meta({ title: "Rule", description: "by-alert-type: who owns that kind of alert, else who is on call; least-busy: fewest open cases; on-call: who is on call." }),
    owners: z.record(z.string(), z.email()).default({}).meta({ title: "Owners by alert type", description: "Alert type to e-mail, before what people's own settings say." }),
    among: z.array(z.email()).max(200).nullish().meta({ title: "Among", description: "Only these people." }),
  }),
  output: z.object({
    case: caseSnapshot.meta({ description: "The case afterwards." }),
    owner: personRef.meta({ description: "The owner." }),
    reason: z.string().meta({ description: "Why this person." }),
  }),
  run: ({ owner, rule, owners, among, ...input }, context) => {
    const given = owner ?? null;
    if (given === null && (rule ?? null) === null) throw new ActionError("invalid-input", "Say who shall own the case, or by which rule.");
    return context.client.assign(caseIdOf(input, context), given !== null ? { owner: given } : { rule: rule ?? "on-call", owners, among: among ?? null }, deskCall(context));
  },
});
