import * as z from "zod";
import { defineRoute } from "../route.ts";
import { instant, nothing, page, paging } from "../shared.ts";
import { runStatus, runSummary } from "./runs.ts";

const words = z.string().max(200).optional();

/** Which runs a list, a count or a chart is about; times are of their start, `input` is a text in what they were started with. */
const runFilters = {
  playbook: words,
  status: runStatus.optional(),
  attention: z.enum(["in-doubt", "asks"]).optional(),
  caseId: words,
  search: words,
  failedStep: words,
  errorCode: words,
  input: words,
  from: instant.optional(),
  to: instant.optional(),
};

/** How far back was looked: `complete` says that nothing older was left out, `since` when the oldest of them began. */
const looked = z.object({ complete: z.boolean(), since: instant.nullable() });

/** Runs of one playbook: how many in each state, how long those that ended took in ms, and how many began in each of `bars` equal parts of the time. */
const playbookRuns = z.object({
  id: z.string(),
  name: z.string(),
  runs: z.int(),
  states: z.record(runStatus, z.int()),
  took: z.object({ p50: z.int(), p95: z.int(), longest: z.int() }).nullable(),
  bars: z.array(z.object({ ended: z.int(), failed: z.int(), open: z.int() })),
});
export type PlaybookRuns = z.output<typeof playbookRuns>;

const runStats = z.object({
  runs: z.int(),
  states: z.record(runStatus, z.int()),
  asks: z.int(),
  inDoubt: z.int(),
  /** Most runs first, at most 100. */
  playbooks: z.array(playbookRuns),
  errorCodes: z.array(z.object({ code: z.string(), runs: z.int() })),
  failedSteps: z.array(z.object({ step: z.string(), runs: z.int() })),
  /** The time that the bars divide. */
  from: instant,
  to: instant,
  looked,
});
export type RunStats = z.output<typeof runStats>;

export const runSpans = ["1h", "24h", "7d", "30d"] as const;

/** The filters as a page's address has them; a span reaches back from now. */
export const runQuery = z.strictObject({
  search: words,
  show: z.enum(["running", "paused", "succeeded", "failed", "cancelled", "asks", "in-doubt"]).optional(),
  playbook: words,
  caseId: words,
  failedStep: words,
  errorCode: words,
  input: words,
  span: z.enum(runSpans).optional(),
  from: instant.optional(),
  to: instant.optional(),
});
export type RunQuery = z.output<typeof runQuery>;

const name = z.string().trim().min(1).max(80);
const savedView = z.object({ id: z.string(), name: z.string(), query: runQuery });
export type SavedRunView = z.output<typeof savedView>;
const id = z.object({ id: z.string() });

export const runSearchRoutes = {
  listRuns: defineRoute({
    method: "get",
    path: "/runs",
    summary: "Runs, newest first; `after` leaves only those newer than a run",
    tag: "runs",
    access: "viewer",
    query: z.strictObject({ ...runFilters, after: z.string().max(100).optional(), ...paging }),
    answer: page(runSummary).extend({ looked }),
  }),
  getRunStats: defineRoute({
    method: "get",
    path: "/run-stats",
    summary: "Runs in each state and how long they took, by playbook; state and attention of the filters do not count",
    tag: "runs",
    access: "viewer",
    query: z.strictObject(runFilters),
    answer: runStats,
  }),
  listRunViews: defineRoute({
    method: "get",
    path: "/run-views",
    summary: "The searches for runs that the person has saved, by name",
    tag: "runs",
    access: "viewer",
    answer: z.object({ items: z.array(savedView) }),
  }),
  createRunView: defineRoute({
    method: "post",
    path: "/run-views",
    summary: "Save a search for runs under a name of one's own",
    tag: "runs",
    access: "viewer",
    body: z.strictObject({ name, query: runQuery }),
    answer: savedView,
    status: 201,
  }),
  updateRunView: defineRoute({
    method: "put",
    path: "/run-views/:id",
    summary: "Rename a saved search, or save another under its name",
    tag: "runs",
    access: "viewer",
    params: id,
    body: z.strictObject({ name, query: runQuery }),
    answer: savedView,
  }),
  deleteRunView: defineRoute({ method: "delete", path: "/run-views/:id", summary: "Delete a saved search", tag: "runs", access: "viewer", params: id, answer: nothing }),
};
