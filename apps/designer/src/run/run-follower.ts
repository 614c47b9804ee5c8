import type { Plan, TraceEvent } from "@drawbridge/interpreter";
import { GrowingHistory, type RunHistory } from "./run-history.ts";
import { isWhole, type ReadPayload, wholeEntries } from "./whole-entries.ts";

interface FollowerHost {
  readonly read: ReadPayload;
  /** Told what the trace comes to: seldomer the longer it is, and at once when all that was there before is here. */
  readonly tell: (history: RunHistory) => void;
  /** Told of entries that change what the list of runs says of the run. */
  readonly changed: () => void;
  readonly failed: (error: Error) => void;
}

/** The longer the trace, the seldomer it is told: pauses in ms, at most and while what was there before still comes, and entries that cost one ms. */
const pauses = { most: 500, catchingUp: 1_000, entriesPerMs: 50 };

const changesFacts = ({ type }: TraceEvent): boolean => type === "child-started" || type === "child-ended" || type.startsWith("run-");

/** Makes the history of a run from its entries as they come. They may come before its playbook does. */
export class RunFollower {
  readonly #host: FollowerHost;
  #history: GrowingHistory | null = null;
  /** What came before the playbook. */
  #early: (readonly TraceEvent[])[] = [];
  #target = 0;
  #told = 0;
  #nextAt = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #changed = false;
  #stopped = false;
  /** Batches that wait for one before them to be whole. */
  #line: Promise<void> | null = null;

  constructor(host: FollowerHost) {
    this.#host = host;
  }

  /** The run's playbook, and the last entry that is known to be there. */
  begin(plan: Plan, lastSeq: number): void {
    this.aim(lastSeq);
    if (this.#history) return;
    this.#history = new GrowingHistory(plan);
    const early = this.#early;
    this.#early = [];
    for (const batch of early) this.#add(batch);
  }

  aim(lastSeq: number): void {
    this.#target = Math.max(this.#target, lastSeq);
  }

  /** The next entries, in order and each once. */
  take(batch: readonly TraceEvent[]): void {
    if (!this.#line && batch.every(isWhole)) return this.#add(batch);
    const turn: Promise<void> = (this.#line ?? Promise.resolve())
      .then(() => wholeEntries(batch, this.#host.read))
      .then(
        (whole) => this.#add(whole),
        (error: unknown) => {
          if (!this.#stopped) this.#host.failed(error instanceof Error ? error : new Error(String(error)));
        },
      )
      .finally(() => {
        if (this.#line === turn) this.#line = null;
      });
    this.#line = turn;
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #add(batch: readonly TraceEvent[]): void {
    if (this.#stopped) return;
    const history = this.#history;
    if (!history) return void this.#early.push(batch);
    const before = history.length;
    history.add(batch);
    this.#changed ||= batch.some(changesFacts);
    const arrived = before < this.#target && history.length >= this.#target;
    if (arrived && this.#timer) {
      clearTimeout(this.#timer);
      this.#timer = null;
    }
    const catchingUp = this.#told > 0 && history.length < this.#target;
    const pause = arrived ? 0 : Math.max(catchingUp ? pauses.catchingUp : 0, this.#nextAt - performance.now());
    this.#timer ??= setTimeout(() => this.#tell(history), pause);
  }

  #tell(history: GrowingHistory): void {
    this.#timer = null;
    if (this.#changed && this.#told >= this.#target) this.#host.changed();
    this.#changed = false;
    this.#told = history.length;
    this.#nextAt = performance.now() + Math.min(pauses.most, history.length / pauses.entriesPerMs);
    this.#host.tell(history.soFar());
  }
}
