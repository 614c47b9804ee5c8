import { setImmediate } from "node:timers/promises";
import type { Store } from "../store/store.ts";
import { indexedRuns, type RunFilters } from "./run-filters.ts";

/** Runs from `low` on and before `high`, newest slice first; null is without end. */
export interface RunSlice {
  readonly low: string | null;
  readonly high: string | null;
}

/** So many runs are looked through at once, between which others get their turn, and in all. */
const sliceRuns = 5_000;
export const mostLooked = 200_000;

/** Cuts the runs into slices, until `mostLooked`; what is yielded last says whether that was all. */
export async function* runSlices(store: Store, filters: RunFilters, most = mostLooked, size = sliceRuns): AsyncGenerator<RunSlice & { readonly last: boolean }> {
  for (let high: string | null = null, looked = 0; looked < most;) {
    const before: string | null = high;
    const bound: { readonly id: string } | undefined = await store.first(
      indexedRuns(store, filters)
        .select("runs.id")
        .$if(before !== null, (runs) => runs.where("runs.id", "<", before ?? ""))
        .orderBy("runs.id", "desc")
        .limit(1)
        .offset(size - 1),
    );
    const low: string | null = bound?.id ?? null;
    yield { low, high: before, last: low === null };
    if (low === null) return;
    looked += size;
    high = low;
    await setImmediate();
  }
}
