import type { TraceEvent } from "@drawbridge/interpreter";
import { EngineError } from "../engine-error.ts";
import { takeTurn, type ClaimPlace, type Turn } from "./turn.ts";
import type { InboxItem, LiveRun } from "./live-run.ts";
import type { RunStore, RunWrite } from "./run-store.ts";

/** How long one pass takes turns before it commits, in ms. */
const passMs = 8;

/** What the loop hands on after a commit, and asks before it. */
export interface LoopHost {
  now(): number;
  readonly claim: ClaimPlace;
  releaseClaim(place: string): void;
  committed(turn: Turn, events: readonly TraceEvent[]): void;
  problem(code: string, message: string, run?: string): void;
}

/** Takes turns between the runs that have something to take in, and commits the turns of a pass together. Nothing leaves before its commit. */
export class RunLoop {
  private readonly store: RunStore;
  private readonly host: LoopHost;
  private ready: LiveRun[] = [];
  private scheduled = false;
  private failures = 0;
  private retry: NodeJS.Timeout | null = null;
  private stopped = false;
  /** Commits, and the turns in them. */
  readonly counts = { commits: 0, turns: 0 };

  constructor(store: RunStore, host: LoopHost) {
    this.store = store;
    this.host = host;
  }

  /** False while the store refuses commits. */
  get available(): boolean {
    return this.failures === 0;
  }

  get backlog(): number {
    return this.ready.length;
  }

  push(live: LiveRun, item: InboxItem): void {
    live.inbox.push(item);
    if (live.queued) return;
    live.queued = true;
    this.ready.push(live);
    this.schedule();
  }

  /** Takes every turn that is due, at once. */
  flush(): void {
    while (this.ready.length > 0 && !this.retry && !this.store.occupied) this.pass();
  }

  stop(): void {
    this.stopped = true;
    if (this.retry) clearTimeout(this.retry);
  }

  private schedule(): void {
    if (this.scheduled || this.stopped || this.retry) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      if (!this.stopped) this.pass();
    });
  }

  private pass(): void {
    if (this.store.occupied) return this.schedule();
    const turns: Turn[] = [];
    const until = performance.now() + passMs;
    let index = 0;
    do {
      const live = this.ready[index];
      if (!live) break;
      index += 1;
      live.queued = false;
      const turn = this.turnOf(live);
      if (turn) turns.push(turn);
    } while (performance.now() < until);
    this.ready = index >= this.ready.length ? [] : this.ready.slice(index);
    if (turns.length > 0) this.commit(turns);
    if (this.ready.length > 0) this.schedule();
  }

  private turnOf(live: LiveRun): Turn | null {
    const items = live.inbox;
    try {
      return takeTurn(live, Math.max(this.host.now(), live.lastAt), this.host.claim);
    } catch (error) {
      for (const item of items) item.failed?.(error);
      this.host.problem("interpreter-failed", error instanceof Error ? error.message : String(error), live.id);
      return null;
    }
  }

  private commit(turns: readonly Turn[]): void {
    const writes = turns.flatMap((turn) => (turn.write ? [turn.write] : []));
    const error = writes.length > 0 ? this.tryCommit(writes) : null;
    if (error === null) {
      if (writes.length > 0) this.recovered();
      for (const turn of turns) this.settle(turn);
    } else if (isStoreTrouble(error) || turns.length === 1) {
      this.refuse(turns, error);
    } else {
      for (const turn of turns) this.commit([turn]);
    }
  }

  private tryCommit(writes: readonly RunWrite[]): Error | null {
    try {
      this.store.commit(writes);
      this.counts.commits += 1;
      this.counts.turns += writes.length;
      return null;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  private settle(turn: Turn): void {
    const { live, write } = turn;
    live.run = turn.run;
    live.lastAt = turn.at;
    if (write) {
      live.row = write.row;
      live.stored = true;
      for (const each of write.asksClosed) live.asks.delete(each.id);
      for (const each of write.asksOpened) live.asks.set(each.id, each.step);
      for (const each of write.doubtsOpened) live.doubts.set(each.id, each.step);
      for (const each of write.doubtsClosed) live.doubts.delete(each.id);
    }
    this.host.committed(turn, write?.burst?.events ?? []);
    for (const item of turn.taken) item.done?.();
  }

  /** States are values, so a run whose turn was not committed simply has its earlier one. */
  private refuse(turns: readonly Turn[], cause: Error): void {
    const wholeStore = isStoreTrouble(cause);
    const refusal = new EngineError("store-unavailable", "The store did not take the change; nothing of it was kept.", { cause });
    for (const turn of turns) {
      for (const place of turn.marked.values()) this.host.releaseClaim(place);
      const again: InboxItem[] = [];
      for (const item of turn.taken) {
        if (item.failed) item.failed(refusal);
        else again.push(item);
      }
      if (wholeStore) this.pushBack(turn.live, again);
    }
    this.host.problem("store-unavailable", cause.message, turns.length === 1 ? turns[0]?.live.id : undefined);
    if (!wholeStore) return;
    this.failures += 1;
    this.retryLater();
  }

  private pushBack(live: LiveRun, items: readonly InboxItem[]): void {
    if (items.length === 0) return;
    live.inbox.unshift(...items);
    if (live.queued) return;
    live.queued = true;
    this.ready.push(live);
  }

  private retryLater(): void {
    if (this.retry || this.stopped) return;
    const delay = Math.min(5_000, 100 * 2 ** Math.min(this.failures, 6));
    this.retry = setTimeout(() => {
      this.retry = null;
      if (this.ready.length > 0) this.schedule();
      else this.probe();
    }, delay);
  }

  private probe(): void {
    try {
      this.store.probe();
      this.recovered();
    } catch {
      this.failures += 1;
      this.retryLater();
    }
  }

  private recovered(): void {
    if (this.failures > 0) this.host.problem("store-available", "The store takes changes again.");
    this.failures = 0;
  }
}

/** Whether the store as a whole refuses, and not this one change. */
function isStoreTrouble(error: Error): boolean {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return /^SQLITE_(FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|NOMEM|PROTOCOL)/.test(code) || /not open/.test(error.message);
}

