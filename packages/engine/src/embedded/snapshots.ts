import { packSnapshot } from "../store/snapshot.ts";
import type { LiveRun } from "./live-run.ts";
import type { RunStore } from "./run-store.ts";

/** So many entries since the last snapshot make the next one worth while: of a run that goes on, and of one that rests. */
const entriesAtWork = 5_000;
const entriesAtRest = 2_000;
/** How much of a snapshot one entry pays for, in deflated bytes: large states are written seldom, so that all of them together cost no more than the trace. */
const bytesPerEntry = 50;

/** Writes the states of long runs, beside the trace and after it: whoever loads one folds only what came later. */
export class Snapshots {
  private readonly store: Pick<RunStore, "saveSnapshot">;
  private readonly under = new Set<string>();
  /** How many were written. */
  written = 0;

  constructor(store: Pick<RunStore, "saveSnapshot">) {
    this.store = store;
  }

  /** Called after each commit of the run. */
  consider(live: LiveRun, resting: boolean): void {
    if (!live.run || this.under.has(live.id)) return;
    const since = live.run.seq - live.snapshot.seq;
    if (since < (resting ? entriesAtRest : entriesAtWork) || since * bytesPerEntry < live.snapshot.bytes) return;
    void this.write(live, live.run);
  }

  private async write(live: LiveRun, run: NonNullable<LiveRun["run"]>): Promise<void> {
    this.under.add(live.id);
    try {
      const row = await packSnapshot(run);
      await this.store.saveSnapshot(row);
      live.snapshot = { seq: row.seq, bytes: row.state.length };
      this.written += 1;
    } catch {
      // A load that finds no snapshot folds the trace; the next one is tried later.
      live.snapshot = { ...live.snapshot, seq: run.seq };
    } finally {
      this.under.delete(live.id);
    }
  }
}
