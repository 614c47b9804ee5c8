import { json } from "@drawbridge/playbook";
import * as z from "zod";
import { defineRoute } from "../route.ts";
import { instant, nothing, page, paging } from "../shared.ts";

const id = z.object({ id: z.string() });
const personRef = z.object({ email: z.string(), name: z.string() });

/** Where a fact came from: a step of a run, or a person. */
export const provenance = z.object({
  at: instant,
  by: z.string(),
  run: z.string().optional(),
  step: z.string().optional(),
  stepName: z.string().optional(),
  integration: z.string().optional(),
});

/** Times in ms; `state` is as of `now` of the answer, and clients count on from it. */
export const slaClock = z.object({
  id: z.string(),
  name: z.string(),
  targetMs: z.number(),
  atRiskMs: z.number(),
  startedAt: instant,
  dueAt: instant.nullable(),
  pausedAt: instant.nullable(),
  stoppedAt: instant.nullable(),
  elapsedMs: z.number(),
  state: z.enum(["in-time", "at-risk", "breached", "paused", "met", "missed"]),
});
export type SlaClockView = z.output<typeof slaClock>;

export const caseSummary = z.object({
  id: z.string(),
  type: z.string(),
  title: z.string(),
  subject: z.string(),
  status: z.enum(["open", "contained", "closed"]),
  severity: z.enum(["low", "medium", "high", "critical"]),
  owner: personRef.nullable(),
  restricted: z.boolean(),
  parent: z.string().nullable(),
  createdAt: instant,
  closedAt: instant.nullable(),
  sla: slaClock.nullable(),
  isNew: z.boolean(),
});
export type CaseSummary = z.output<typeof caseSummary>;

export const fileEvent = z.object({
  id: z.string(),
  fileName: z.string(),
  filePath: z.string(),
  fileSize: z.number().nullable(),
  fileCategory: z.string(),
  destination: z.string(),
  destinationKind: z.enum(["removable-media", "cloud-sync", "browser", "email", "other"]),
  sha256: z.string().nullable(),
  md5: z.string().nullable(),
  fileOwner: z.string().nullable(),
  at: instant,
  exposure: z.array(z.string()),
});
export type FileEvent = z.output<typeof fileEvent>;

export const warRoomEntry = z.object({
  id: z.string(),
  at: instant,
  kind: z.enum(["note", "playbook", "command", "system"]),
  by: personRef.nullable(),
  /** Markdown. */
  text: z.string(),
  run: z.string().nullable(),
  step: z.string().nullable(),
  stepName: z.string().nullable(),
  integration: z.string().nullable(),
  data: json.optional(),
  evidence: z.string().nullable(),
});
export type WarRoomEntry = z.output<typeof warRoomEntry>;

export const evidence = z.object({
  id: z.string(),
  kind: z.enum(["file", "entry", "table", "artifact"]),
  title: z.string(),
  description: z.string(),
  hash: z.string().nullable(),
  data: json.optional(),
  addedAt: instant,
  provenance,
});
export type Evidence = z.output<typeof evidence>;

export const caseDetail = caseSummary.extend({
  resolution: z.string().nullable(),
  fields: z.record(z.string(), z.object({ value: json, from: provenance })),
  slas: z.array(slaClock),
  members: z.array(personRef),
  children: z.array(z.object({ id: z.string(), title: z.string(), restricted: z.boolean(), members: z.int() })),
  linked: z.array(z.object({ id: z.string(), title: z.string() })),
  fileEvents: z.array(fileEvent),
  evidence: z.array(evidence),
  counts: z.object({ runs: z.int(), openAsks: z.int(), warRoom: z.int() }),
  reports: z.array(z.object({ id: z.string(), title: z.string(), at: instant, by: z.string() })),
  now: instant,
  mayEdit: z.boolean(),
});
export type CaseDetail = z.output<typeof caseDetail>;

export const caseRoutes = {
  listCases: defineRoute({
    method: "get",
    path: "/cases",
    summary: "The queue; cases that may not be seen are not in it",
    tag: "cases",
    access: "viewer",
    query: z.strictObject({
      view: z.enum(["open", "unowned", "mine", "at-risk", "closed", "all"]).optional(),
      search: z.string().max(200).optional(),
      type: z.string().optional(),
      severity: z.string().optional(),
      ...paging,
    }),
    answer: page(caseSummary).extend({ counts: z.object({ open: z.int(), unowned: z.int(), mine: z.int(), atRisk: z.int(), closed: z.int() }) }),
  }),
  openCase: defineRoute({
    method: "post",
    path: "/cases",
    summary: "Open a case by hand",
    tag: "cases",
    access: "analyst",
    body: z.strictObject({
      title: z.string().min(1).max(200),
      type: z.string().min(1).max(80),
      severity: z.enum(["low", "medium", "high", "critical"]),
      subject: z.string().max(200).optional(),
    }),
    answer: caseSummary,
    status: 201,
  }),
  getCase: defineRoute({ method: "get", path: "/cases/:id", summary: "One case with its facts", tag: "cases", access: "viewer", params: id, answer: caseDetail }),
  updateCase: defineRoute({
    method: "patch",
    path: "/cases/:id",
    summary: "Change severity, status or title",
    tag: "cases",
    access: "analyst",
    params: id,
    body: z.strictObject({
      severity: z.enum(["low", "medium", "high", "critical"]).optional(),
      status: z.enum(["open", "contained"]).optional(),
      title: z.string().min(1).max(200).optional(),
    }),
    answer: caseDetail,
  }),
  assignCase: defineRoute({
    method: "post",
    path: "/cases/:id/owner",
    summary: "Take or give ownership; null takes the owner off",
    tag: "cases",
    access: "analyst",
    params: id,
    body: z.strictObject({ email: z.string().nullable() }),
    answer: caseDetail,
  }),
  closeCase: defineRoute({
    method: "post",
    path: "/cases/:id/close",
    summary: "Close a case; `children` says what becomes of its open child cases",
    tag: "cases",
    access: "analyst",
    params: id,
    body: z.strictObject({ resolution: z.string().min(1).max(4_000), children: z.enum(["keep", "close"]).optional() }),
    answer: caseDetail,
  }),
  setCaseMembers: defineRoute({
    method: "put",
    path: "/cases/:id/members",
    summary: "Who is on a case's team",
    tag: "cases",
    access: "analyst",
    params: id,
    body: z.strictObject({ emails: z.array(z.string()).max(200) }),
    answer: caseDetail,
  }),
  openChild: defineRoute({
    method: "post",
    path: "/cases/:id/children",
    summary: "Open a child case",
    tag: "cases",
    access: "analyst",
    params: id,
    body: z.strictObject({ title: z.string().min(1).max(200), restricted: z.boolean(), members: z.array(z.string()).max(200) }),
    answer: caseSummary,
    status: 201,
  }),
  changeSla: defineRoute({
    method: "post",
    path: "/cases/:id/sla",
    summary: "Start, pause, resume or stop an SLA clock",
    tag: "cases",
    access: "analyst",
    params: id,
    body: z.strictObject({ name: z.string().min(1).max(120), change: z.enum(["start", "pause", "resume", "stop"]), targetMs: z.int().min(1).optional() }),
    answer: caseDetail,
  }),
  listWarRoom: defineRoute({
    method: "get",
    path: "/cases/:id/war-room",
    summary: "War room entries, newest page first, each page oldest first",
    tag: "cases",
    access: "viewer",
    params: id,
    query: z.strictObject({ kind: z.enum(["note", "playbook", "command", "system"]).optional(), ...paging }),
    answer: page(warRoomEntry),
  }),
  addEntry: defineRoute({
    method: "post",
    path: "/cases/:id/war-room",
    summary: "Write a note, or run a command that begins with `!`",
    tag: "cases",
    access: "analyst",
    params: id,
    body: z.strictObject({ text: z.string().min(1).max(32_000) }),
    answer: z.object({ entries: z.array(warRoomEntry) }),
    status: 201,
  }),
  addEvidence: defineRoute({
    method: "post",
    path: "/cases/:id/evidence",
    summary: "Put something on the evidence board",
    tag: "cases",
    access: "analyst",
    params: id,
    body: z.strictObject({ title: z.string().min(1).max(200), description: z.string().max(4_000).optional(), entry: z.string().optional(), data: json.optional() }),
    answer: evidence,
    status: 201,
  }),
  createReport: defineRoute({
    method: "post",
    path: "/cases/:id/reports",
    summary: "Write the investigation summary as it stands now",
    tag: "cases",
    access: "analyst",
    params: id,
    answer: z.object({ id: z.string() }),
    status: 201,
  }),
  getReport: defineRoute({
    method: "get",
    path: "/cases/:id/reports/:report",
    summary: "A report; `?format=html|pdf` gives the document itself",
    tag: "cases",
    access: "viewer",
    params: z.object({ id: z.string(), report: z.string() }),
    query: z.strictObject({ format: z.enum(["html", "pdf", "json"]).optional() }),
    answer: z.object({ id: z.string(), title: z.string(), at: instant, by: z.string(), html: z.string() }),
  }),
  deleteEvidence: defineRoute({
    method: "delete",
    path: "/cases/:id/evidence/:evidence",
    summary: "Take something off the evidence board; the record of it stays",
    tag: "cases",
    access: "analyst",
    params: z.object({ id: z.string(), evidence: z.string() }),
    answer: nothing,
  }),
};
