import * as z from "zod";
import type { CaseRecord } from "./case-record.ts";
import { slaView } from "./sla.ts";

/** With more file events than this, a snapshot only counts them. */
const mostFileEvents = 25;

export const personRef = z.object({ email: z.string(), name: z.string() });

export const fileEvent = z.object({
  id: z.string().meta({ description: "The event's id." }),
  fileName: z.string().meta({ description: "File name." }),
  filePath: z.string().meta({ description: "Folder of the file." }),
  fileSize: z.number().nullable().meta({ description: "Bytes." }),
  fileCategory: z.string().meta({ description: "Kind of file." }),
  destination: z.string().meta({ description: "Where it went, for people." }),
  destinationKind: z.enum(["removable-media", "cloud-sync", "browser", "email", "other"]).meta({ description: "Kind of destination." }),
  sha256: z.string().nullable().meta({ description: "SHA-256 of the contents." }),
  md5: z.string().nullable().meta({ description: "MD5 of the contents." }),
  fileOwner: z.string().nullable().meta({ description: "Owner of the file." }),
  at: z.string().meta({ description: "When it happened." }),
  exposure: z.array(z.string()).meta({ description: "How the file left." }),
});

const sla = z.object({
  id: z.string(),
  name: z.string(),
  targetMs: z.number(),
  atRiskMs: z.number(),
  startedAt: z.string(),
  dueAt: z.string().nullable(),
  pausedAt: z.string().nullable(),
  stoppedAt: z.string().nullable(),
  elapsedMs: z.number(),
  state: z.enum(["in-time", "at-risk", "breached", "paused", "met", "missed"]),
});

/** A case as a run sees it: what expressions read as `case`. Restricted child cases are not in it. */
export const caseSnapshot = z.object({
  id: z.string().meta({ description: "The case's id, e.g. CASE-2041." }),
  type: z.string().meta({ description: "Kind of case." }),
  title: z.string().meta({ description: "Title." }),
  subject: z.string().meta({ description: "Whom or what it is about." }),
  status: z.enum(["open", "contained", "closed"]).meta({ description: "Status." }),
  severity: z.enum(["low", "medium", "high", "critical"]).meta({ description: "Severity." }),
  alert: z.object({ source: z.string(), id: z.string() }).nullable().meta({ description: "The alert it is about." }),
  owner: personRef.nullable().meta({ description: "Who owns it." }),
  members: z.array(personRef).meta({ description: "Its team." }),
  restricted: z.boolean().meta({ description: "Whether only its team can see it." }),
  parent: z.string().nullable().meta({ description: "The case it is a child of." }),
  children: z.array(z.string()).meta({ description: "Its child cases, restricted ones left out." }),
  linked: z.array(z.string()).meta({ description: "Linked cases." }),
  fields: z.record(z.string(), z.json()).meta({ description: "Its facts: alertType, username, hostname and so on." }),
  fileEvents: z.array(fileEvent).meta({ description: `The files that left; empty when there are more than ${mostFileEvents}.` }),
  fileEventCount: z.int().meta({ description: "How many files left." }),
  fileEventBytes: z.number().meta({ description: "Bytes of all of them." }),
  evidenceCount: z.int().meta({ description: "Pieces of evidence." }),
  sla: z.array(sla).meta({ description: "Its SLA clocks." }),
  createdAt: z.string().meta({ description: "When it was opened." }),
  closedAt: z.string().nullable().meta({ description: "When it was closed." }),
  resolution: z.string().nullable().meta({ description: "How it ended." }),
});

export type CaseSnapshot = z.output<typeof caseSnapshot>;

/** The snapshot of a case at a moment. */
export function snapshotOf(record: CaseRecord, now: number): CaseSnapshot {
  const { id, type, title, subject, status, severity, alert, owner, members, restricted, parent, createdAt, closedAt, resolution } = record;
  return {
    id,
    type,
    title,
    subject,
    status,
    severity,
    alert: alert === null ? null : { ...alert },
    owner: owner === null ? null : { ...owner },
    members: members.map((member) => ({ ...member })),
    restricted,
    parent,
    children: record.children.filter((child) => !child.restricted).map((child) => child.id),
    linked: record.linked.map((other) => other.id),
    fields: Object.fromEntries(Object.entries(record.fields).map(([key, { value }]) => [key, value as CaseSnapshot["fields"][string]])),
    fileEvents: record.fileEvents.length > mostFileEvents ? [] : record.fileEvents.map((event) => ({ ...event, exposure: [...event.exposure] })),
    fileEventCount: record.fileEvents.length,
    fileEventBytes: record.fileEvents.reduce((sum, event) => sum + (event.fileSize ?? 0), 0),
    evidenceCount: record.evidence.length,
    sla: record.slas.map((clock) => slaView(clock, now)),
    createdAt,
    closedAt,
    resolution,
  };
}
