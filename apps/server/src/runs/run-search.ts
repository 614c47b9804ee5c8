import type { RunSummary } from "@drawbridge/protocol";
import { hiddenCases } from "../access/visible.ts";
import type { Viewer } from "../access/viewer.ts";
import { readCursor, writeCursor } from "../store/cursor.ts";
import type { Store } from "../store/store.ts";
import type { FailedSteps } from "./failed-steps.ts";
import { findRuns } from "./found-runs.ts";
import type { InputIndex } from "./input-index.ts";
import type { RunFilters } from "./run-filters.ts";
import { runSlices } from "./run-slices.ts";
import { countRuns } from "./count-runs.ts";
import type { RunViews } from "./run-views.ts";

interface Parts {
  readonly store: Store;
  readonly runs: RunViews;
  readonly inputs: Pick<InputIndex, "catchUp">;
  readonly failedSteps: FailedSteps;
  readonly now: () => number;
}

type Paged = RunFilters & { readonly cursor?: string | undefined; readonly limit?: number | undefined };
type Counted = ReturnType<typeof countRuns>;

/** Counts are given again for so many times as long as it took to make them, so that many who look cost little. */
const againFor = 20;
const mostKept = 200;

/** Finds and counts runs, newest first, a slice at a time, so that a search through all of them holds nobody up. */
export class RunSearch {
  readonly #parts: Parts;
  readonly #counted = new Map<string, { readonly answer: Counted; until: number }>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async list(viewer: Viewer, query: Paged) {
    const { store, runs, failedSteps } = this.#parts;
    const limit = query.limit ?? 50;
    const place = readCursor(query.cursor, 1);
    const before = place === null ? null : String(place[0]);
    const found = await findRuns(this.#parts, viewer, query);
    const ids: string[] = [];
    let total = 0;
    let complete = false;
    let low: string | null = null;
    for await (const slice of runSlices(store, query)) {
      const page = await found.page(slice, before, limit + 1 - ids.length);
      ids.push(...page.ids);
      total += page.count;
      complete = found.complete && slice.last;
      low = slice.low;
    }
    const shown = ids.slice(0, limit);
    const last = shown.at(-1);
    const items: RunSummary[] = [];
    for (const run of (await runs.summaries(shown)).reverse()) items.push(await failedSteps.told(viewer, run));
    const since = low === null ? undefined : await store.first(store.sql.selectFrom("runs").select("started_at").where("id", "=", low));
    return { items, next: ids.length > limit && last !== undefined ? writeCursor([last]) : null, total, looked: { complete, since: since?.started_at ?? null } };
  }

  async stats(viewer: Viewer, filters: RunFilters): Counted {
    const { status: _status, attention: _attention, ...counted } = filters;
    const hidden = await hiddenCases(this.#parts.store, viewer);
    const key = JSON.stringify([viewer.role, viewer.email, hidden, Object.entries(counted).sort()]);
    const known = this.#counted.get(key);
    if (known && performance.now() < known.until) return known.answer;
    const begun = performance.now();
    const answer = countRuns(this.#parts, viewer, counted);
    const entry = { answer, until: Infinity };
    if (this.#counted.size >= mostKept) this.#counted.clear();
    this.#counted.set(key, entry);
    try {
      return await answer;
    } finally {
      const ended = performance.now();
      entry.until = ended + (ended - begun) * againFor;
    }
  }
}
