import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { CaseDesk } from "../case-desk.ts";
import { caseFieldsInput } from "../case-fields.ts";
import { caseSnapshot } from "../case-snapshot.ts";
import { deskCall } from "../desk-call.ts";
import { withoutNulls } from "../without-nulls.ts";

export const open = defineAction<CaseDesk>()({
  name: "open",
  title: "Open a case",
  summary: "Opens a case, or finds the open one about the same alert.",
  effect: "changes",
  repeatable: true,
  input: z.object({
    title: z
      .string()
      .min(1)
      .max(200)
      .meta({ title: "Title", examples: ["Exposure on an endpoint"] }),
    type: z
      .string()
      .min(1)
      .max(80)
      .meta({ title: "Type", description: "Kind of case; owners and reports go by it.", examples: ["insider-threat"] }),
    subject: z.string().max(200).nullish().meta({ title: "Subject", description: "Whom or what it is about, for lists." }),
    severity: z.enum(["low", "medium", "high", "critical"]).default("medium").meta({ title: "Severity" }),
    alert: z
      .object({ source: z.string().min(1).max(80).meta({ title: "Source", description: "E.g. code42." }), id: z.string().min(1).max(200).meta({ title: "Alert id" }) })
      .nullish()
      .meta({ title: "Alert", description: "While a case about this alert is open, no second one is opened." }),
    members: z.array(z.email()).max(200).default([]).meta({ title: "Team", description: "E-mails of the case's members." }),
    fields: caseFieldsInput.default({}).meta({ title: "Facts" }),
  }),
  output: z.object({
    case: caseSnapshot.meta({ description: "The case." }),
    id: z.string().meta({ description: "Its id." }),
    created: z.boolean().meta({ description: "False when the case was open already." }),
  }),
  run: async ({ subject, alert, fields, ...request }, context) => {
    const opened = await context.client.open({ ...request, subject: subject ?? "", alert: alert ?? null, fields: withoutNulls(fields) }, deskCall(context));
    return { ...opened, id: opened.case.id };
  },
});
