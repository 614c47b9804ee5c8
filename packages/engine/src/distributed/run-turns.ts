import { foldOnto, type Run, type TraceEvent } from "@drawbridge/interpreter";
import type pg from "pg";
import { type InboxItem, type LiveRun, newLive } from "../embedded/live-run.ts";
import type { PlanCache } from "../embedded/plan-cache.ts";
import { type ClosedTurn, mostAtOnce, takeTurn } from "../embedded/turn.ts";
import { EngineError } from "../engine-error.ts";
import { JobLost } from "./job-left.ts";
import type { RunRow } from "../store/tables.ts";
import { jobsHeld, removeJobs, type Work, workOf } from "./jobs.ts";
import { LastUsed } from "./last-used.ts";
import type { RunTables } from "./run-tables.ts";
import { isConflict, isStoreTrouble } from "./store-trouble.ts";

/** Something for a run to take in. With `holds` only as long as the pool of workers still holds the job. */
export interface TurnItem extends InboxItem {
  readonly holds?: { readonly job: string; readonly pool: string };
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export interface TurnPorts {
  readonly pool: pg.Pool;
  readonly tables: RunTables;
  readonly plans: PlanCache;
  now(): number;
  /** The run's row is held, and stands at `seq`. */
  expect(run: string, seq: number): void;
  /** Tells other processes, as part of the transaction. */
  announcement(run: string, first: number, last: number, stops: boolean): readonly [channel: string, message: string];
  committed(turn: ClosedTurn, events: readonly TraceEvent[], work: Work, ms: number): void;
  problem(code: string, message: string, run?: string): void;
}

/** So often a lost commit is looked for, and how far apart, in ms. */
const looks = 40;
const lookEveryMs = 500;

/** So often a turn is tried when transactions stand in each other's way. */
const mostTries = 5;

const noClaim = (): null => null;

/** Takes turns of runs, each in a transaction that holds the run's row: what the trace says and the work that follows from it are stored together, whichever process does it. */
export class RunTurns {
  private readonly ports: TurnPorts;
  /** What each run has to take in; a run is in it while a turn is under way. */
  private readonly inboxes = new Map<string, TurnItem[]>();
  private readonly known: LastUsed<LiveRun>;
  private readonly views = new LastUsed<Run>(100);
  readonly counts = { commits: 0, turns: 0 };
  /** False while the database refuses. */
  available = true;
  private whenQuiet: (() => void)[] = [];
  private hurried = false;

  constructor(ports: TurnPorts, kept: number) {
    this.ports = ports;
    this.known = new LastUsed(kept);
  }

  get inMemory(): number {
    return this.known.size;
  }

  get backlog(): number {
    return this.inboxes.size;
  }

  push(run: string, item: TurnItem): void {
    const queue = this.inboxes.get(run);
    if (queue) queue.push(item);
    else {
      this.inboxes.set(run, [item]);
      void this.work(run);
    }
  }

  /** Makes a new run; answers with another one's id when that was started with the same key. */
  async begin(live: LiveRun, item: Pick<InboxItem, "make">): Promise<string> {
    return new Promise((done, failed) => {
      let other: string | null = null;
      const settle: TurnItem = { ...item, done: () => done(other ?? live.id), failed };
      this.inboxes.set(live.id, []);
      void this.turn(live.id, [settle], live, (id) => (other = id)).then(() => this.work(live.id));
    });
  }

  /** The run as the store has it now; null when there is none. */
  async current(id: string): Promise<Run | null> {
    const { pool, tables } = this.ports;
    const row = await tables.find(pool, id);
    if (!row) return null;
    const state = this.newest(id);
    if (state && state.seq >= row.last_seq) return state;
    const plan = await this.planOf(row);
    const base = state ?? (await tables.snapshot(pool, id))?.run ?? null;
    const run = foldOnto(plan, base, await tables.wholeTrace(pool, id, base?.seq ?? 0));
    if (run) this.views.set(id, run);
    return run;
  }

  forget(id: string): void {
    this.known.delete(id);
    this.views.delete(id);
  }

  /** Lost commits are looked for no more. */
  hurry(): void {
    this.hurried = true;
  }

  /** Resolves when no turn is under way. */
  quiet(): Promise<void> {
    return this.inboxes.size === 0 ? Promise.resolve() : new Promise((resolve) => this.whenQuiet.push(resolve));
  }

  private async work(run: string): Promise<void> {
    const queue = this.inboxes.get(run) ?? [];
    while (queue.length > 0) await this.turn(run, queue.splice(0, mostAtOnce), null, () => undefined);
    this.inboxes.delete(run);
    if (this.inboxes.size > 0) return;
    for (const quiet of this.whenQuiet.splice(0)) quiet();
  }

  /** Never rejects: what went wrong is told to the items. */
  private async turn(id: string, items: readonly TurnItem[], fresh: LiveRun | null, already: (id: string) => void): Promise<void> {
    let left: readonly TurnItem[] | null = items;
    for (let tries = 1; left; tries += 1) left = await this.attempt(id, left, fresh, already, tries < mostTries);
  }

  /** The items that are to be given again, since another transaction was in the way. */
  private async attempt(id: string, given: readonly TurnItem[], fresh: LiveRun | null, already: (id: string) => void, mayTryAgain: boolean): Promise<readonly TurnItem[] | null> {
    const left = new Set(given);
    const items = given.map((item): TurnItem => {
      const failed = (error: unknown): void => {
        left.delete(item);
        item.failed(error);
      };
      return { ...item, failed };
    });
    const fail = (error: unknown): void => {
      for (const item of left) item.failed(error);
    };
    let client: pg.PoolClient | null = null;
    let turn: ClosedTurn | null = null;
    let committing = false;
    let transaction: string | null = null;
    let work: Work = { jobs: [], removed: [], stops: false };
    const began = performance.now();
    const onError = (): void => undefined;
    try {
      const live = fresh ?? (await this.liveOf(id));
      client = await this.ports.pool.connect();
      // A connection that breaks while it is out says so to its query too.
      client.on("error", onError);
      await client.query("begin");
      if (!fresh) await this.refresh(client, live);
      live.inbox = [...(await this.stillHeld(client, items))];
      turn = this.take(live);
      const { write } = turn;
      if (write) {
        if (fresh && !(await this.ports.tables.insert(client, write.row))) {
          const other = await this.ports.tables.findByStartKey(client, write.row.start_key ?? "");
          await client.query("rollback");
          this.release(client, onError);
          client = null;
          if (!other) throw new EngineError("store-unavailable", "The run that was started with this key has just been deleted; start it again.");
          already(other.id);
          for (const item of items) item.done();
          return null;
        }
        work = workOf(live, turn);
        const { burst } = write;
        if (burst) this.ports.expect(id, burst.seq - 1);
        transaction = await this.ports.tables.write(client, write, work.jobs, burst && this.ports.announcement(id, burst.seq, burst.lastSeq, work.stops));
        await removeJobs(client, work.removed);
      }
      committing = true;
      await client.query("commit");
      committing = false;
      this.available = true;
      this.release(client, onError);
      client = null;
      this.settle(turn, work, performance.now() - began);
      return null;
    } catch (error) {
      if (client) await this.giveUp(client, onError, error);
      if (turn && committing && isStoreTrouble(error) && (await this.landed(id, transaction))) {
        this.settle(turn, work, performance.now() - began);
        return null;
      }
      this.known.delete(id);
      if (isConflict(error) && mayTryAgain) return [...left];
      fail(this.refusal(error, id));
      return null;
    }
  }

  private take(live: LiveRun): ClosedTurn {
    try {
      return takeTurn(live, Math.max(this.ports.now(), live.lastAt), noClaim);
    } catch (error) {
      this.ports.problem("interpreter-failed", error instanceof Error ? error.message : String(error), live.id);
      throw error;
    }
  }

  private refusal(error: unknown, run: string): unknown {
    if (error instanceof EngineError || !isStoreTrouble(error)) return error;
    const message = error instanceof Error ? error.message : String(error);
    if (this.available) this.ports.problem("store-unavailable", message, run);
    this.available = false;
    return new EngineError("store-unavailable", "The store did not take the change; nothing of it was kept.", { cause: error });
  }

  private settle(turn: ClosedTurn, work: Work, ms: number): void {
    const { live, write } = turn;
    if (turn.run) {
      live.run = turn.run;
      live.lastAt = Math.max(live.lastAt, turn.at);
    }
    if (write) {
      live.row = write.row;
      live.stored = true;
      for (const each of write.asksClosed) live.asks.delete(each.id);
      for (const each of write.asksOpened) live.asks.set(each.id, each.step);
      for (const each of write.doubtsOpened) live.doubts.set(each.id, each.step);
      for (const each of write.doubtsClosed) live.doubts.delete(each.id);
      this.counts.commits += 1;
      this.counts.turns += 1;
    }
    this.known.set(live.id, live);
    this.views.delete(live.id);
    if (write) this.ports.committed(turn, write.burst?.events ?? [], work, ms);
    for (const item of turn.taken) item.done?.();
  }

  /** Whether a commit whose answer was lost was carried out; asked until the database answers and is through with it. */
  private async landed(run: string, transaction: string | null): Promise<boolean> {
    if (transaction === null) return true;
    for (let look = 1; look <= looks && !this.hurried; look += 1) {
      try {
        const found = await this.ports.tables.outcome(this.ports.pool, run, transaction);
        if (found !== "under way") return found === "kept";
      } catch (error) {
        if (!isStoreTrouble(error)) return false;
      }
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
    return false;
  }

  private async stillHeld(client: pg.PoolClient, items: readonly TurnItem[]): Promise<readonly TurnItem[]> {
    const pools = new Set(items.flatMap((item) => (item.holds ? [item.holds.pool] : [])));
    let kept = items;
    for (const pool of pools) {
      const jobs = items.flatMap((item) => (item.holds?.pool === pool ? [item.holds.job] : []));
      const held = await jobsHeld(client, jobs, pool);
      kept = kept.filter((item) => {
        if (item.holds?.pool !== pool || held.has(item.holds.job)) return true;
        item.failed(new JobLost());
        return false;
      });
    }
    return kept;
  }

  /** The run as this process knows it, which need not be how it stands. */
  private async liveOf(id: string): Promise<LiveRun> {
    const known = this.known.get(id);
    if (known) return known;
    const row = await this.ports.tables.find(this.ports.pool, id);
    if (!row) throw new EngineError("unknown-run", `There is no run ${id}.`);
    return newLive(id, await this.planOf(row), row);
  }

  /** Takes hold of the run's row, and takes in what others did since. */
  private async refresh(client: pg.PoolClient, live: LiveRun): Promise<void> {
    const { tables } = this.ports;
    const row = await tables.lock(client, live.id);
    if (!row) throw new EngineError("unknown-run", `There is no run ${live.id}.`);
    live.row = row;
    live.stored = true;
    if (live.run?.seq === row.last_seq) return;
    let base = live.run ?? this.views.get(live.id) ?? null;
    if (!base) {
      const snapshot = await tables.snapshot(client, live.id);
      if (snapshot) live.snapshot = { seq: snapshot.run.seq, bytes: snapshot.bytes };
      base = snapshot?.run ?? null;
    }
    const events = await tables.wholeTrace(client, live.id, base?.seq ?? 0);
    live.run = foldOnto(live.plan, base, events);
    live.lastAt = events.at(-1)?.at ?? live.lastAt;
    live.asks.clear();
    live.doubts.clear();
    for (const each of await tables.openAsks(client, live.id)) live.asks.set(each.id, each.step);
    for (const each of await tables.openDoubts(client, live.id)) live.doubts.set(each.id, each.step);
  }

  private newest(id: string): Run | null {
    const live = this.known.get(id)?.run ?? null;
    const view = this.views.get(id) ?? null;
    return live && (!view || live.seq >= view.seq) ? live : view;
  }

  private async planOf(row: RunRow): Promise<LiveRun["plan"]> {
    return this.ports.plans.known(row.playbook_id, row.playbook_version) ?? (await this.ports.plans.load(row.playbook_id, row.playbook_version)).plan;
  }

  private release(client: pg.PoolClient, onError: () => void, broken = false): void {
    client.off("error", onError);
    client.release(broken);
  }

  private async giveUp(client: pg.PoolClient, onError: () => void, error: unknown): Promise<void> {
    let broken = isStoreTrouble(error) && !(error instanceof EngineError);
    if (!broken) {
      try {
        await client.query("rollback");
      } catch {
        broken = true;
      }
    }
    this.release(client, onError, broken);
  }
}
