import { ActionError, defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { CaseDesk } from "../case-desk.ts";
import { caseSnapshot, fileEvent } from "../case-snapshot.ts";
import { caseIdOf, caseInput, deskCall } from "../desk-call.ts";

const text = (limit: number) => z.string().max(limit).nullish();

/** A file event as integrations give it; only its id and name must be there. */
const givenEvent = z.object({
  id: z.string().min(1).max(300).meta({ title: "Id" }),
  fileName: z.string().max(1000).meta({ title: "File name" }),
  filePath: text(4000).meta({ title: "Folder" }),
  fileSize: z.number().min(0).nullish().meta({ title: "Size, bytes" }),
  fileCategory: text(200).meta({ title: "Category" }),
  destination: text(500).meta({ title: "Destination" }),
  destinationKind: fileEvent.shape.destinationKind.nullish().meta({ title: "Kind of destination" }),
  sha256: text(64).meta({ title: "SHA-256" }),
  md5: text(32).meta({ title: "MD5" }),
  fileOwner: text(500).meta({ title: "Owner" }),
  at: text(40).meta({ title: "When" }),
  eventTimestamp: text(40).meta({ title: "When, as Code42 names it" }),
  exposure: z.array(z.string().max(100)).max(50).nullish().meta({ title: "Exposure" }),
});

export const addFileEvents = defineAction<CaseDesk>()({
  name: "add-file-events",
  title: "Add file events",
  summary: "Puts the files that left into the case's grid; what is there already is not added again.",
  effect: "changes",
  repeatable: true,
  input: z.object({
    case: caseInput,
    events: z.array(givenEvent).max(10_000).meta({ title: "File events", description: "E.g. what code42.search-file-events returns." }),
  }),
  output: z.object({
    case: caseSnapshot.meta({ description: "The case afterwards." }),
    added: z.int().meta({ description: "How many were new." }),
  }),
  run: ({ events, ...input }, context) =>
    context.client.addFileEvents(
      caseIdOf(input, context),
      events.map((event) => ({
        id: event.id,
        fileName: event.fileName,
        filePath: event.filePath ?? "",
        fileSize: event.fileSize ?? null,
        fileCategory: event.fileCategory ?? "",
        destination: event.destination ?? "",
        destinationKind: event.destinationKind ?? "other",
        sha256: event.sha256 ?? null,
        md5: event.md5 ?? null,
        fileOwner: event.fileOwner ?? null,
        at: instantOf(event.at ?? event.eventTimestamp, context.now()),
        exposure: event.exposure ?? [],
      })),
      deskCall(context),
    ),
});

function instantOf(given: string | null | undefined, now: number): string {
  const ms = given === null || given === undefined ? now : Date.parse(given);
  if (Number.isNaN(ms)) throw new ActionError("invalid-input", "A file event's time is not a date.", { details: { at: given ?? null } });
  return new Date(ms).toISOString();
}
