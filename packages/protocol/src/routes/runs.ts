import { json } from "@drawbridge/playbook";
import * as z from "zod";
import type { TraceEvent } from "@drawbridge/interpreter";
import { playbook } from "@drawbridge/playbook";
import { defineRoute } from "../route.ts";
import { instant, nothing } from "../shared.ts";
import { valueMatches, valuePart } from "../value-parts.ts";

const id = z.object({ id: z.string() });
export const runStatus = z.enum(["running", "paused", "succeeded", "failed", "cancelled"]);

/** One run in a list. */
export const runSummary = z.object({
  id: z.string(),
  playbook: z.object({ id: z.string(), name: z.string(), version: z.int() }),
  status: runStatus,
  outcome: z.string().nullable(),
  caseId: z.string().nullable(),
  trigger: z.object({ kind: z.string(), by: z.string().nullable() }),
  parent: z.object({ run: z.string(), step: z.string() }).nullable(),
  startedAt: instant,
  endedAt: instant.nullable(),
  lastSeq: z.int(),
  errorCode: z.string().nullable(),
  failedStep: z.string().nullable(),
  openAsks: z.int(),
  inDoubt: z.int(),
});
export type RunSummary = z.output<typeof runSummary>;

/** Trace entries are checked when they are written; on the wire they are passed as they are. */
export const traceEvent = z.custom<TraceEvent>((value) => typeof value === "object" && value !== null && "seq" in value && "type" in value, "must be a trace event");

const bodyPart = z.object({ text: z.string(), length: z.int() }).nullable();
const headers = z.record(z.string(), z.string());

/** Times are epoch ms; bodies are cut, and `left` counts what was not taken down. */
export const callRecord = z.object({
  lines: z.array(z.object({ at: z.number(), message: z.string(), details: z.string().nullable() })),
  exchanges: z.array(
    z.object({
      at: z.number(),
      ms: z.number(),
      method: z.string(),
      url: z.string(),
      requestHeaders: headers,
      requestBody: bodyPart,
      status: z.int().nullable(),
      responseHeaders: headers,
      responseBody: bodyPart,
      failure: z.string().nullable(),
    }),
  ),
  left: z.object({ exchanges: z.int(), lines: z.int() }),
});
export type CallRecord = z.output<typeof callRecord>;

export const runRoutes = {
  startRun: defineRoute({
    method: "post",
    path: "/runs",
    summary: "Start a playbook's live version; durable before it is answered",
    tag: "runs",
    access: "analyst",
    body: z.strictObject({ playbook: z.string(), input: z.record(z.string(), json).optional(), caseId: z.string().optional(), idempotencyKey: z.string().max(200).optional() }),
    answer: z.object({ id: z.string() }),
    status: 202,
  }),
  getRun: defineRoute({
    method: "get",
    path: "/runs/:id",
    summary: "One run with the document of its version; steps that may not be seen are left out and named in `hidden`",
    tag: "runs",
    access: "viewer",
    params: id,
    answer: z.object({ run: runSummary, playbook, children: z.array(runSummary), hidden: z.array(z.string()) }),
  }),
  getTrace: defineRoute({
    method: "get",
    path: "/runs/:id/trace",
    summary: "Trace entries after `from`, in order",
    tag: "runs",
    access: "viewer",
    params: id,
    query: z.strictObject({ from: z.coerce.number().int().min(0).optional(), limit: z.coerce.number().int().min(1).max(5_000).optional() }),
    answer: z.object({ events: z.array(traceEvent), lastSeq: z.int() }),
  }),
  exportTrace: defineRoute({
    method: "get",
    path: "/runs/:id/trace.jsonl",
    summary: "The whole trace as a file: one entry a line, payloads in place",
    tag: "runs",
    access: "viewer",
    params: id,
    answer: z.unknown(),
  }),
  getPayload: defineRoute({
    method: "get",
    path: "/runs/:id/payloads/:hash",
    summary: "A payload that the trace refers to",
    tag: "runs",
    access: "viewer",
    params: z.object({ id: z.string(), hash: z.string() }),
    answer: z.object({ value: json }),
  }),
  getPayloadPart: defineRoute({
    method: "get",
    path: "/runs/:id/payloads/:hash/part",
    summary: "What stands at a JSON pointer in a payload, `limit` entries or a stretch of text from `offset` on",
    tag: "runs",
    access: "viewer",
    params: z.object({ id: z.string(), hash: z.string() }),
    query: z.strictObject({
      pointer: z.string().max(4_000).optional(),
      offset: z.coerce.number().int().min(0).optional(),
      limit: z.coerce.number().int().min(1).max(500).optional(),
    }),
    answer: valuePart,
  }),
  searchPayload: defineRoute({
    method: "get",
    path: "/runs/:id/payloads/:hash/search",
    summary: "Where in a payload a name or a value holds the words",
    tag: "runs",
    access: "viewer",
    params: z.object({ id: z.string(), hash: z.string() }),
    query: z.strictObject({ words: z.string().min(1).max(200) }),
    answer: valueMatches,
  }),
  getCallRecord: defineRoute({
    method: "get",
    path: "/runs/:id/calls",
    summary: "What an attempt told of itself: lines of its log, and what went over the wire, without secrets; null when it was not kept",
    tag: "runs",
    access: "viewer",
    params: id,
    query: z.strictObject({ effect: z.string().max(500) }),
    answer: z.object({ record: callRecord.nullable() }),
  }),
  cancelRun: defineRoute({
    method: "post",
    path: "/runs/:id/cancel",
    summary: "Cancel a run and what it called",
    tag: "runs",
    access: "analyst",
    params: id,
    body: z.strictObject({ reason: z.string().max(1_000).optional() }),
    answer: nothing,
  }),
  pauseRun: defineRoute({ method: "post", path: "/runs/:id/pause", summary: "Start nothing new until resumed", tag: "runs", access: "analyst", params: id, answer: nothing }),
  resumeRun: defineRoute({ method: "post", path: "/runs/:id/resume", summary: "Resume a paused run", tag: "runs", access: "analyst", params: id, answer: nothing }),
  rerunRun: defineRoute({
    method: "post",
    path: "/runs/:id/rerun",
    summary: "Run again from a step, with its input edited where told; of steps that would happen again, some answered as recorded or skipped",
    tag: "runs",
    access: "analyst",
    params: id,
    body: z.strictObject({ step: z.string(), input: z.record(z.string(), json).optional(), instead: z.record(z.string(), z.enum(["simulate", "skip"])).optional() }),
    answer: nothing,
  }),
  decideDoubt: defineRoute({
    method: "post",
    path: "/runs/:id/doubts",
    summary: "Decide a step in doubt: send again, mark as done, or skip",
    tag: "runs",
    access: "analyst",
    params: id,
    body: z.strictObject({ effect: z.string(), decision: z.enum(["retry", "done", "skip"]), output: json.optional() }),
    answer: nothing,
  }),
};
