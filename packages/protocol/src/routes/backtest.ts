import { json, playbook } from "@drawbridge/playbook";
import * as z from "zod";
import { defineRoute } from "../route.ts";
import { instant, page } from "../shared.ts";
import { runSummary, traceEvent } from "./runs.ts";

const stood = z.object({
  status: z.enum(["succeeded", "failed", "skipped", "open", "cut", "absent"]),
  way: z.string().nullable(),
  explained: json.optional(),
  errorCode: z.string().optional(),
});
const end = z.object({
  status: z.enum(["succeeded", "failed", "cancelled", "open", "not-started"]),
  outcome: z.string().nullable(),
  errorCode: z.string().nullable(),
  step: z.string().nullable(),
  message: z.string().optional(),
});
const changingCall = z.object({ step: z.string(), item: z.int().optional(), kind: z.enum(["action", "call"]), what: z.string().nullable() });

/** How a past run would go with the draft. `parting` is the first place where the ways part; `unknown` is where the draft asks what the run cannot answer. */
export const backtestResult = z.object({
  run: z.string(),
  playbook: z.object({ id: z.string(), version: z.int() }),
  startedAt: instant,
  verdict: z.enum(["same", "other", "unknown"]),
  parting: z
    .object({
      step: z.string().nullable(),
      what: z.enum(["other-way", "other-result", "newly-reached", "no-longer-reached", "other-end"]),
      before: stood,
      now: stood,
    })
    .nullable(),
  calls: z.object({
    newly: z.array(changingCall),
    noLonger: z.array(changingCall),
    otherInput: z.array(changingCall.extend({ changed: z.array(z.object({ key: z.string(), before: z.string().nullable(), now: z.string().nullable() })) })),
  }),
  unknown: z.array(
    z.object({
      step: z.string(),
      item: z.int().optional(),
      code: z.enum(["not-asked", "asked-otherwise", "no-answer", "answer-refused", "hidden"]),
      message: z.string(),
    }),
  ),
  assumed: z.array(z.string()),
  before: end,
  now: end,
});
export type BacktestResult = z.output<typeof backtestResult>;

/** The newest runs, or those that began in a span of time; only runs that have ended. */
const chosenRuns = z.union([z.strictObject({ last: z.int().min(1).max(2_000) }), z.strictObject({ since: instant, until: instant })]);

export const backtestRoutes = {
  backtest: defineRoute({
    method: "post",
    path: "/playbooks/:id/backtest",
    summary: "How past runs would go with a document, newest first, as many at a time as take a second or two",
    tag: "playbooks",
    access: "engineer",
    params: z.object({ id: z.string() }),
    body: z.strictObject({ playbook: z.unknown(), runs: chosenRuns, cursor: z.string().max(500).optional() }),
    answer: page(backtestResult),
  }),
  backtestRun: defineRoute({
    method: "post",
    path: "/playbooks/:id/backtest/:run",
    summary: "How one past run would go with a document: both traces, and the document that it ran",
    tag: "playbooks",
    access: "engineer",
    params: z.object({ id: z.string(), run: z.string() }),
    body: z.strictObject({ playbook: z.unknown() }),
    answer: z.object({ result: backtestResult, run: runSummary, before: playbook, trace: z.array(traceEvent), replayed: z.array(traceEvent), hidden: z.array(z.string()) }),
  }),
};
