import { type Backtested, backtesting, type Engine, type FactsOf } from "@drawbridge/engine";
import type { TraceEvent } from "@drawbridge/interpreter";
import type { Playbook } from "@drawbridge/playbook";
import type { BacktestResult } from "@drawbridge/protocol";
import { runVisible } from "../access/visible.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Handlers } from "../http/handlers.ts";
import { readDocument } from "../playbooks/document.ts";
import type { PlaybookShelf } from "../playbooks/playbook-shelf.ts";
import { notFound, ProblemError } from "../problem-error.ts";
import { readTrace } from "../runs/read-trace.ts";
import { secretsOf } from "../runs/run-secrets.ts";
import type { RunViews } from "../runs/run-views.ts";
import { readCursor, writeCursor } from "../store/cursor.ts";
import type { Store } from "../store/store.ts";
import { inSlices } from "./in-slices.ts";

interface Parts {
  readonly store: Store;
  readonly engine: Engine;
  readonly shelf: PlaybookShelf;
  readonly runs: RunViews;
  readonly facts: FactsOf;
}

type Chosen = { readonly last: number } | { readonly since: string; readonly until: string };

/** A page is answered after so long, or so many runs. */
const mostMs = 1_500;
const mostRuns = 100;

/** Past runs against a document that is not live yet. What a viewer may not see of a run is left out before anything is worked out. */
export function backtestHandlers({ store, engine, shelf, runs, facts }: Parts): Pick<Handlers, "backtest" | "backtestRun"> {
  const one = async (viewer: Viewer, id: string, draft: Playbook) => {
    const row = await runs.visible(viewer, id);
    const version = await shelf.read(row.playbook_id, row.playbook_version);
    if (!version || row.ended_at === null) throw notFound("run");
    const secrets = await secretsOf(store, viewer, row, version.playbook);
    const trace: TraceEvent[] = [];
    const source = { run: id, read: (from: number, limit: number) => engine.trace(id, from, limit), payload: (hash: string) => engine.payload(id, hash), secrets: () => secrets };
    for await (const page of readTrace(source)) trace.push(...page);
    const tested = await inSlices(backtesting({ draft, trace, before: version.playbook, facts, hidden: secrets.steps }));
    return tested && { tested, trace, before: version.playbook, hidden: [...secrets.steps] };
  };
  return {
    backtest: async ({ viewer, params, body, response }) => {
      const draft = documentOf(params.id, body.playbook);
      const place = readCursor(body.cursor, 2);
      const done = Number(place?.[1] ?? 0);
      const { ids, total } = await chosen(store, viewer, params.id, body.runs, place === null ? null : String(place[0]), done);
      const items: BacktestResult[] = [];
      const until = performance.now() + mostMs;
      let seen = 0;
      for (const id of ids.slice(0, mostRuns)) {
        const result = await one(viewer, id, draft).catch(goneMeanwhile);
        seen += 1;
        if (result) items.push(asAnswer(result.tested));
        if (performance.now() > until || response.closed) break;
      }
      const last = ids[seen - 1];
      return { items, next: ids.length > seen && last !== undefined ? writeCursor([last, done + seen]) : null, total };
    },
    backtestRun: async ({ viewer, params, body }) => {
      const draft = documentOf(params.id, body.playbook);
      const [summary] = await runs.summaries([(await runs.visible(viewer, params.run)).id]);
      const found = await one(viewer, params.run, draft);
      if (!summary || !found || summary.playbook.id !== params.id) throw notFound("run");
      const { tested, trace, before, hidden } = found;
      const failedStep = summary.failedStep !== null && hidden.includes(summary.failedStep) ? null : summary.failedStep;
      return {
        result: asAnswer(tested),
        run: { ...summary, failedStep },
        before,
        trace,
        replayed: [...tested.trace],
        hidden: hidden.filter((step) => Object.hasOwn(before.steps, step)),
      };
    },
  };
}

function documentOf(id: string, body: unknown): Playbook {
  const draft = readDocument(body);
  if (draft.id !== id) throw new ProblemError("invalid-document", `The document's id is ${draft.id}; this playbook's is ${id}.`, { pointer: "/playbook/id" });
  return draft;
}

const asAnswer = ({ backtest }: Backtested): BacktestResult => structuredClone(backtest) as BacktestResult;

/** A run that retention has deleted since it was chosen is passed over. */
function goneMeanwhile(error: unknown): null {
  if (error instanceof ProblemError && (error.code === "not-found" || error.code === "run-deleted")) return null;
  throw error;
}

/** The runs that are left to do, newest first, and how many there are in all. */
async function chosen(store: Store, viewer: Viewer, playbook: string, wanted: Chosen, after: string | null, done: number) {
  const matching = store.sql
    .selectFrom("runs")
    .where("playbook_id", "=", playbook)
    .where("ended_at", "is not", null)
    .where("trigger_kind", "!=", "dry-run")
    .where(runVisible(viewer))
    .$if("since" in wanted, (from) =>
      "since" in wanted ? from.where("started_at", ">=", new Date(wanted.since).toISOString()).where("started_at", "<", new Date(wanted.until).toISOString()) : from,
    );
  const count = (await store.first(matching.select((select) => select.fn.countAll<number>().as("count"))))?.count ?? 0;
  const total = "last" in wanted ? Math.min(wanted.last, count) : count;
  const left = "last" in wanted ? Math.min(total - done, mostRuns + 1) : mostRuns + 1;
  if (left <= 0) return { ids: [], total };
  const rows = await store.all(
    matching
      .select("id")
      .$if(after !== null, (from) => from.where("id", "<", String(after)))
      .orderBy("id", "desc")
      .limit(left),
  );
  return { ids: rows.map(({ id }) => id), total };
}
