import { setImmediate } from "node:timers/promises";
import type { PlaybookRuns, RunStats, RunSummary } from "@drawbridge/protocol";
import type { Viewer } from "../access/viewer.ts";
import { instant } from "../instant.ts";
import type { Store } from "../store/store.ts";
import type { FailedSteps } from "./failed-steps.ts";
import { findRuns } from "./found-runs.ts";
import type { InputIndex } from "./input-index.ts";
import type { RunFilters } from "./run-filters.ts";
import { runSlices } from "./run-slices.ts";

interface Parts {
  readonly store: Store;
  readonly inputs: Pick<InputIndex, "catchUp">;
  readonly failedSteps: FailedSteps;
  readonly now: () => number;
}

type Status = RunSummary["status"];

interface Counted {
  readonly playbook: string;
  readonly status: Status;
  readonly from: number;
  readonly took: number | null;
}

const bars = 24;
const mostPlaybooks = 100;
const mostNamed = 50;

/** Counts the runs that a viewer may know of. */
export async function countRuns(parts: Parts, viewer: Viewer, filters: RunFilters): Promise<RunStats> {
  const { store, failedSteps, now } = parts;
  const found = await findRuns(parts, viewer, filters);
  const asking = await openIn(store, "asks");
  const doubting = await openIn(store, "doubts");
  const runs: Counted[] = [];
  const codes = new Map<string, number>();
  const steps = new Map<string, number>();
  const waiting = { asks: 0, inDoubt: 0 };
  let complete = false;
  for await (const slice of runSlices(store, filters)) {
    for (const row of await found.rows(slice)) {
      const from = Date.parse(row.started_at);
      runs.push({ playbook: row.playbook_id, status: row.status, from, took: row.ended_at === null ? null : Date.parse(row.ended_at) - from });
      if (asking.has(row.id)) waiting.asks += 1;
      if (doubting.has(row.id)) waiting.inDoubt += 1;
      if (row.error_code !== null) codes.set(row.error_code, (codes.get(row.error_code) ?? 0) + 1);
      if (row.failed_step !== null && (await failedSteps.mayTell(viewer, row.playbook_id, row.playbook_version, row.failed_step)))
        steps.set(row.failed_step, (steps.get(row.failed_step) ?? 0) + 1);
    }
    complete = found.complete && slice.last;
  }
  const oldest = runs.reduce((least, { from }) => Math.min(least, from), Infinity);
  const to = filters.to === undefined ? now() : Date.parse(filters.to);
  const from = Math.min(filters.from === undefined ? oldest : Date.parse(filters.from), to - 1);
  return {
    runs: runs.length,
    states: statesOf(runs),
    ...waiting,
    playbooks: await ofPlaybooks(store, runs, from, to),
    errorCodes: mostFirst(codes).map(([code, count]) => ({ code, runs: count })),
    failedSteps: mostFirst(steps).map(([step, count]) => ({ step, runs: count })),
    from: instant(from),
    to: instant(to),
    looked: { complete, since: complete || !Number.isFinite(oldest) ? null : instant(oldest) },
  };
}

async function openIn(store: Store, table: "asks" | "doubts"): Promise<ReadonlySet<string>> {
  return new Set((await store.all(store.sql.selectFrom(table).select("run_id").where("state", "=", "open"))).map(({ run_id }) => run_id));
}

const mostFirst = (counts: ReadonlyMap<string, number>) => [...counts].sort(([, one], [, other]) => other - one).slice(0, mostNamed);

function statesOf(runs: readonly Counted[]): { [Of in Status]: number } {
  const states = { running: 0, paused: 0, succeeded: 0, failed: 0, cancelled: 0 };
  for (const { status } of runs) states[status] += 1;
  return states;
}

async function ofPlaybooks(store: Store, runs: readonly Counted[], from: number, to: number): Promise<PlaybookRuns[]> {
  const all = new Map<string, Counted[]>();
  for (const run of runs) {
    const known = all.get(run.playbook);
    if (known) known.push(run);
    else all.set(run.playbook, [run]);
  }
  const most = [...all].sort(([, one], [, other]) => other.length - one.length).slice(0, mostPlaybooks);
  if (most.length === 0) return [];
  const ids = most.map(([id]) => id);
  const names = new Map((await store.all(store.sql.selectFrom("playbooks").select(["id", "name"]).where("id", "in", ids))).map(({ id, name }) => [id, name]));
  const counted: PlaybookRuns[] = [];
  for (const [id, own] of most) {
    counted.push({ id, name: names.get(id) ?? id, runs: own.length, states: statesOf(own), took: tookOf(own), bars: barsOf(own, from, to) });
    await setImmediate();
  }
  return counted;
}

function tookOf(runs: readonly Counted[]): PlaybookRuns["took"] {
  const took = Float64Array.from(runs.flatMap((run) => (run.took === null ? [] : [run.took]))).sort();
  const longest = took.at(-1);
  if (longest === undefined) return null;
  const at = (share: number) => Math.round(took[Math.ceil(took.length * share) - 1] ?? longest);
  return { p50: at(0.5), p95: at(0.95), longest: Math.round(longest) };
}

function barsOf(runs: readonly Counted[], from: number, to: number): PlaybookRuns["bars"] {
  const counts = Array.from({ length: bars }, () => ({ ended: 0, failed: 0, open: 0 }));
  for (const run of runs) {
    const bar = counts[Math.max(0, Math.min(bars - 1, Math.floor(((run.from - from) / (to - from)) * bars)))];
    if (bar) bar[run.status === "failed" ? "failed" : run.took === null ? "open" : "ended"] += 1;
  }
  return counts;
}
