import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { CaseDesk } from "../case-desk.ts";
import { caseSnapshot } from "../case-snapshot.ts";
import { caseIdOf, caseInput, deskCall } from "../desk-call.ts";

export const openChild = defineAction<CaseDesk>()({
  name: "open-child",
  title: "Open a child case",
  summary: "Opens a case under this one with its own team; a restricted one can be seen by its team only.",
  effect: "changes",
  repeatable: true,
  input: z.object({
    case: caseInput,
    title: z.string().min(1).max(200).meta({ title: "Title" }),
    restricted: z.boolean().default(true).meta({ title: "Restricted", description: "Nobody outside the team can know of it." }),
    members: z.array(z.email()).max(200).default([]).meta({ title: "Team", description: "E-mails of its members." }),
    owner: z.email().nullish().meta({ title: "Owner", description: "E-mail; becomes a member too." }),
    type: z.string().min(1).max(80).nullish().meta({ title: "Type", description: "The parent's without one." }),
    severity: z.enum(["low", "medium", "high", "critical"]).nullish().meta({ title: "Severity", description: "The parent's without one." }),
    copyFields: z.array(z.string()).max(200).nullish().meta({ title: "Facts to copy", description: "Field names; all without them." }),
    copyFileEvents: z.boolean().default(true).meta({ title: "Copy the file events" }),
  }),
  output: z.object({
    case: caseSnapshot.meta({ description: "The parent case." }),
    child: caseSnapshot.meta({ description: "The child case." }),
    id: z.string().meta({ description: "The child's id." }),
  }),
  run: async ({ title, restricted, members, owner, type, severity, copyFields, copyFileEvents, ...input }, context) => {
    const opened = await context.client.openChild(
      caseIdOf(input, context),
      { title, restricted, members, owner: owner ?? null, type: type ?? null, severity: severity ?? null, copyFields: copyFields ?? null, copyFileEvents },
      deskCall(context),
    );
    return { ...opened, id: opened.child.id };
  },
});
