import type { Effect, TraceEvent } from "@drawbridge/interpreter";
import { EngineError } from "../engine-error.ts";
import type { InboxItem, LiveRun } from "./live-run.ts";
import type { RunStore } from "./run-store.ts";
import type { Place } from "./slots.ts";
import { StoreRefusal } from "./store-thread.ts";
import { type ClaimPlace, type ClosedTurn, closeTurn, isFull, newTurn, takeIn, type Turn } from "./turn.ts";

/** How long one pass takes turns before it commits, in ms. */
const passMs = 8;

/** What the loop hands on after a commit, and asks before it. */
export interface LoopHost {
  now(): number;
  readonly claim: ClaimPlace;
  releaseClaim(place: Place): void;
  /** Begins those of the effects that need not wait for the commit, and notes them in the turn. */
  early(turn: Turn, effects: readonly Effect[]): void;
  /** Gives up effects that were begun early. */
  abandon(live: LiveRun, effects: Iterable<string>): void;
  committed(turn: ClosedTurn, events: readonly TraceEvent[]): void;
  /** So many turns are durable, after `ms`. */
  measured?(turns: number, ms: number): void;
  problem(code: string, message: string, run?: string): void;
}

/** Takes turns between the runs that have something to take in. While one commit is on its way to the disk the next is gathered; nothing but reading is begun before its commit. */
export class RunLoop {
  private readonly store: RunStore;
  private readonly host: LoopHost;
  private ready: LiveRun[] = [];
  /** Turns that wait for the commit under way. */
  private taken: Turn[] = [];
  private scheduled = false;
  private committing = false;
  private failures = 0;
  private retry: NodeJS.Timeout | null = null;
  private stopped = false;
  private whenQuiet: (() => void) | null = null;
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
    this.line(live);
  }

  /** Takes the turns that are due, and resolves when they are on the disk or the store refuses them. */
  async stop(): Promise<void> {
    this.stopped = true;
    while (!this.retry && (this.committing || this.taken.length + this.ready.length > 0)) {
      const quiet = new Promise<void>((resolve) => (this.whenQuiet = resolve));
      this.pass();
      if (this.committing) await quiet;
    }
    if (this.retry) clearTimeout(this.retry);
  }

  private line(live: LiveRun): void {
    if (live.queued || live.inbox.length === 0 || (live.gathering && isFull(live.gathering))) return;
    live.queued = true;
    this.ready.push(live);
    this.schedule();
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
    const until = performance.now() + passMs;
    let index = 0;
    do {
      const live = this.ready[index];
      if (!live) break;
      index += 1;
      live.queued = false;
      this.take(live);
      this.line(live);
    } while (performance.now() < until);
    this.ready = index >= this.ready.length ? [] : this.ready.slice(index);
    if (!this.committing && this.taken.length > 0) void this.commitTaken();
    if (this.ready.length > 0) this.schedule();
  }

  /** A run whose turn waits for the store takes in more at that turn. */
  private take(live: LiveRun): void {
    const turn = live.gathering ?? newTurn(live);
    try {
      const effects = takeIn(turn, Math.max(this.host.now(), live.lastAt), this.host.claim, (place) => this.host.releaseClaim(place));
      if (!live.gathering) {
        live.gathering = turn;
        this.taken.push(turn);
      }
      if (this.available && effects.length > 0) this.host.early(turn, effects);
    } catch (error) {
      this.problem(live, error);
    }
  }

  private problem(live: LiveRun, error: unknown): void {
    this.host.problem("interpreter-failed", error instanceof Error ? error.message : String(error), live.id);
  }

  private async commitTaken(): Promise<void> {
    this.committing = true;
    const turns = this.taken;
    this.taken = [];
    await this.commit(turns.flatMap((turn) => this.close(turn)));
    this.committing = false;
    this.whenQuiet?.();
    if (this.taken.length > 0 && !this.retry) void this.commitTaken();
  }

  private close(turn: Turn): readonly ClosedTurn[] {
    const { live } = turn;
    live.gathering = null;
    try {
      const closed = closeTurn(turn);
      live.committing = closed;
      this.line(live);
      return [closed];
    } catch (error) {
      this.undo([turn], error, []);
      this.line(live);
      this.problem(live, error);
      return [];
    }
  }

  private async commit(turns: readonly ClosedTurn[]): Promise<void> {
    const writes = turns.flatMap((turn) => (turn.write ? [turn.write] : []));
    const began = performance.now();
    try {
      if (writes.length > 0) await this.store.commit(writes);
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      if (isStoreTrouble(error) || turns.length === 1) return this.refuse(turns, error);
      for (const turn of turns) await this.commit([turn]);
      return;
    }
    if (writes.length > 0) {
      this.counts.commits += 1;
      this.counts.turns += writes.length;
      this.host.measured?.(writes.length, performance.now() - began);
      this.recovered();
    }
    for (const turn of turns) this.settle(turn);
  }

  private settle(turn: ClosedTurn): void {
    const { live, write } = turn;
    live.run = turn.run;
    live.committing = null;
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
  private refuse(turns: readonly ClosedTurn[], cause: Error): void {
    const wholeStore = isStoreTrouble(cause);
    if (wholeStore) this.failures += 1;
    const refusal = new EngineError("store-unavailable", "The store did not take the change; nothing of it was kept.", { cause });
    if (wholeStore) this.retryLater();
    const later = new Set<Turn>();
    for (const turn of turns) {
      const { live } = turn;
      const after = live.gathering;
      if (after) later.add(after);
      live.gathering = null;
      live.committing = null;
      this.undo(after ? [turn, after] : [turn], refusal, wholeStore ? [turn, after] : [after]);
    }
    if (later.size > 0) this.taken = this.taken.filter((turn) => !later.has(turn));
    for (const { live } of turns) this.line(live);
    this.host.problem("store-unavailable", cause.message, turns.length === 1 ? turns[0]?.live.id : undefined);
  }

  /** Takes back turns of one run; of those in `again`, what nobody waits for is given again. */
  private undo(turns: readonly Pick<Turn, "live" | "marked" | "early" | "taken">[], reason: unknown, again: readonly (Pick<Turn, "taken"> | null)[]): void {
    const [{ live } = { live: null }] = turns;
    if (!live) return;
    const begun = new Set(turns.flatMap((turn) => [...turn.early]));
    this.host.abandon(live, begun);
    const back: InboxItem[] = [];
    for (const turn of turns) {
      for (const place of turn.marked.values()) this.host.releaseClaim(place);
      for (const item of turn.taken) {
        if (item.failed) item.failed(reason);
        else if (again.includes(turn)) back.push(item);
      }
    }
    const awaited = (item: InboxItem): boolean => live.run !== null && (item.answers === undefined || !begun.has(item.answers));
    live.inbox = [...back, ...live.inbox].filter(awaited);
  }

  private retryLater(): void {
    if (this.retry || this.stopped) return;
    const delay = Math.min(5_000, 100 * 2 ** Math.min(this.failures, 6));
    this.retry = setTimeout(() => {
      this.retry = null;
      if (this.ready.length + this.taken.length > 0) this.pass();
      else void this.probe();
    }, delay);
  }

  private async probe(): Promise<void> {
    try {
      await this.store.probe();
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
  const code = error instanceof StoreRefusal ? error.code : "";
  return /^SQLITE_(FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|NOMEM|PROTOCOL)/.test(code);
}
