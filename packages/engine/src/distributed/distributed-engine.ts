import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Instead, Run, StartRunEffect, TraceEvent, Trigger } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";
import { runMigrations } from "graphile-worker";
import type { EngineGauges } from "../embedded/embedded-engine.ts";
import { type EngineLimits, engineLimits } from "../embedded/limits.ts";
import { PlanCache } from "../embedded/plan-cache.ts";
import { Slots } from "../embedded/slots.ts";
import { Snapshots } from "../embedded/snapshots.ts";
import type { ClosedTurn } from "../embedded/turn.ts";
import { EngineError } from "../engine-error.ts";
import { inputProblem } from "../input-problem.ts";
import type { Engine, EngineHost, RunListener, StartRequest } from "../ports.ts";
import { openPostgres, type PostgresDatabase } from "../postgres/open-postgres.ts";
import { type RunRequest, toAnswer, toCancel, toDecideDoubt, toPause, toRerun, toResume, toSignal } from "../run-requests.ts";
import { rowBefore } from "../store/row-before.ts";
import { newRunId, runOfEffect } from "../store/run-id.ts";
import { JobRunner } from "./job-runner.ts";
import { Abandoned } from "./job-left.ts";
import { Tasks } from "./job-tasks.ts";
import { addJobs, jobOf, type Work } from "./jobs.ts";
import { isWaiting, Members } from "./members.ts";
import { News } from "./news.ts";
import { RunEnds } from "./run-ends.ts";
import { RunTables } from "./run-tables.ts";
import { newLive } from "../embedded/live-run.ts";
import { RunTurns, type TurnItem } from "./run-turns.ts";
import { type OpenSession, Session } from "./session.ts";
import { sharedLimits } from "./shared-limits.ts";
import { isStoreTrouble } from "./store-trouble.ts";

type Named = { readonly [key: string]: Json };

/** `server` takes requests and carries out nothing, `worker` carries out, `all` does both. */
export type EngineRole = "all" | "server" | "worker";

export interface DistributedOptions {
  readonly role: EngineRole;
  /** Those of calls are for all workers together, divided among those that live; each has one place at least. */
  readonly limits?: Partial<EngineLimits>;
  /** Connections at most for runs and jobs, 10 when left out; one more carries the session. */
  readonly connections?: number;
}

/** How long a delivery that the store refused waits before it is given again, in ms: at first, and at most. */
const againMs = { first: 100, most: 3_000 };
/** How long a stop may take beyond the patience that it was given, in ms. */
const lastMs = 10_000;
/** So many calls may wait in a process for each that may be under way over a connection. */
const waitingPerCall = 5;

/** The engine of several processes over one PostgreSQL database, which must be migrated with `engineMigrations`. */
export class DistributedEngine implements Engine {
  private readonly host: EngineHost;
  private readonly limits: EngineLimits;
  private readonly database: PostgresDatabase;
  private readonly tables = new RunTables();
  private readonly plans: PlanCache;
  private readonly slots: Slots;
  private readonly turns: RunTurns;
  private readonly tasks: Tasks;
  private readonly runner: JobRunner | null;
  private readonly members: Members;
  private readonly session: Session;
  private readonly news: News;
  private readonly snapshots: Snapshots;
  private readonly listeners = new Set<RunListener>();
  private readonly ends: RunEnds;
  /** Starts since the waiting jobs were last counted. */
  private startedSince = 0;
  private countedAs: unknown = null;
  private lostAt: number | null = null;
  private stopped = false;
  /** Aborted when deliveries are given up. */
  private readonly giveUp = new AbortController();

  constructor(database: Pick<PostgresDatabase, "url">, host: EngineHost, { role, limits = {}, connections = 10 }: DistributedOptions) {
    this.host = host;
    this.limits = { ...engineLimits, ...limits };
    // Connections of its own: a turn that holds one may wait for what the host reads over the others.
    this.database = openPostgres(database.url, { connections, onProblem: (error) => this.problem("connection-lost", error.message) });
    // As many deliveries may wait as there are jobs in hand.
    setMaxListeners(0, this.giveUp.signal);
    const { pool } = this.database;
    this.plans = new PlanCache(host.playbooks);
    this.slots = new Slots(
      sharedLimits(
        this.limits,
        () => this.members.seen,
        (playbook) => host.callsOf?.(playbook) ?? null,
      ),
    );
    this.snapshots = new Snapshots({ saveSnapshot: (row) => this.tables.saveSnapshot(pool, row) });
    this.members = new Members({
      freed: (pools) => this.problem("workers-gone", `The jobs of ${pools.length} pools of workers that are gone were set free.`),
      problem: (code, message) => this.problem(code, message),
    });
    this.ends = new RunEnds({
      row: (run) => this.reading(() => this.tables.find(pool, run)),
      current: (run) => this.turns.current(run),
      isOver: () => this.giveUp.signal.aborted,
      problem: (code, message, run) => this.problem(code, message, run),
    });
    this.news = new News(newRunId(host.clock.now()), {
      pool,
      tables: this.tables,
      wanted: () => this.listeners.size + this.ends.size > 0,
      tell: (run, events) => this.tell(run, events),
      stopped: (run) => void this.stopPointless(run),
      problem: (code, message) => this.problem(code, message),
    });
    this.turns = new RunTurns(
      {
        pool,
        tables: this.tables,
        plans: this.plans,
        now: () => host.clock.now(),
        expect: (run, seq) => this.news.expect(run, seq),
        announcement: (run, first, last, stops) => this.news.announcement(run, first, last, stops),
        committed: (turn, events, work, ms) => this.committed(turn, events, work, ms),
        problem: (code, message, run) => this.problem(code, message, run),
      },
      this.limits.idleInMemory,
    );
    this.tasks = new Tasks({
      host,
      slots: this.slots,
      plans: this.plans,
      maxOutputBytes: this.limits.outputBytes,
      waitingPerConnection: this.limits.callsPerConnection * waitingPerCall,
      current: (run) => this.lasting(() => this.turns.current(run)),
      deliver: (run, item) => this.deliver(run, item),
      called: (caller, effect) => this.lasting(() => this.startCalled(caller, effect)),
      findCalled: async (effect) => (await this.lasting(() => this.tables.findByStartKey(pool, `effect/${effect}`)))?.id ?? null,
      postpone: (payload, ms) => this.lasting(() => addJobs(pool, [jobOf("carry-out", payload, { job_key: payload.id, run_at: new Date(Date.now() + ms).toISOString() })])),
    });
    this.session = new Session(database.url, {
      opened: (session) => this.opened(session),
      lost: () => this.lost(),
      heard: (payload) => this.news.received(payload),
      problem: (code, message) => this.problem(code, message),
    });
    this.runner =
      role === "server"
        ? null
        : new JobRunner({
            database: pool,
            tasks: this.tasks.all,
            concurrency: this.limits.calls * 2,
            register: (name) => this.members.register(name),
            unregister: (name) => this.members.unregister(name),
            problem: (code, message) => this.problem(code, message),
          });
  }

  /** Of this process, except for the timers and the waiting calls, which are everybody's. */
  get gauges(): EngineGauges {
    const { commits, turns } = this.turns.counts;
    return {
      inMemory: this.turns.inMemory,
      calls: this.slots.busy,
      callsQueued: this.slots.queued + this.members.seen.waiting,
      backlog: this.turns.backlog,
      timers: this.members.seen.timers,
      commits,
      turns,
      storeAvailable: this.turns.available,
      workers: this.members.seen.workers,
    };
  }

  async start(request: StartRequest): Promise<{ readonly run: string }> {
    const key = request.idempotencyKey === undefined ? null : `key/${request.idempotencyKey}`;
    this.refuseWhenStopped();
    if (key !== null) {
      const known = await this.reading(() => this.tables.findByStartKey(this.database.pool, key));
      if (known) return { run: known.id };
    }
    await this.refuseWhenFull();
    return { run: await this.begin(request, key, null) };
  }

  async answer(effect: string, answer: string, values: Named, by: string): Promise<void> {
    await this.ask(runOfEffect(effect), "ask-closed", (plan) => toAnswer(plan, effect, answer, values, by));
  }

  async signal(run: string, signal: string, data: Json): Promise<void> {
    await this.ask(run, "unknown-run", () => toSignal(signal, data));
  }

  async cancel(run: string, by: string, reason?: string): Promise<void> {
    await this.ask(run, "unknown-run", () => toCancel(by, reason));
  }

  async pause(run: string, by: string): Promise<void> {
    await this.ask(run, "unknown-run", () => toPause(by));
  }

  async resume(run: string, by: string): Promise<void> {
    await this.ask(run, "unknown-run", () => toResume(by));
  }

  async decideDoubt(run: string, effect: string, decision: "retry" | "done" | "skip", output: Json | undefined, by: string): Promise<void> {
    await this.ask(run, "unknown-run", () => toDecideDoubt(effect, decision, output, by));
  }

  async rerun(run: string, step: string, input: Named | undefined, by: string, instead?: { readonly [step: string]: Instead }): Promise<void> {
    await this.ask(run, "unknown-run", (plan) => toRerun(plan, step, input, by, instead));
  }

  async caseChanged(caseId: string, snapshot: Json): Promise<void> {
    const runs = await this.reading(() => this.tables.openOfCase(this.database.pool, caseId));
    await Promise.all(
      runs.map((run) =>
        this.deliver(run, { make: (at) => ({ type: "case-changed", at, case: snapshot }) }).catch((error: unknown) => {
          if (!(error instanceof EngineError && error.code === "unknown-run")) throw error;
        }),
      ),
    );
  }

  trace(run: string, fromSeq: number, limit: number): Promise<readonly TraceEvent[]> {
    return this.reading(() => this.tables.events(this.database.pool, run, fromSeq, limit));
  }

  run(id: string): Promise<Run | null> {
    return this.reading(() => this.turns.current(id));
  }

  payload(run: string, hash: string): Promise<Json | undefined> {
    return this.reading(() => this.tables.payload(this.database.pool, run, hash));
  }

  callRecord(run: string, effect: string): Promise<Json | undefined> {
    return this.reading(() => this.tables.callRecord(this.database.pool, run, effect));
  }

  ended(run: string): Promise<Run> {
    return this.ends.wait(run);
  }

  /** Deletes families of runs that have all ended, callers before those they called; tells which it deleted. */
  async deleteRuns(families: readonly (readonly string[])[]): Promise<readonly string[]> {
    const at = new Date(this.host.clock.now()).toISOString();
    const client = await this.reading(() => this.database.pool.connect());
    try {
      await client.query("begin");
      const ids = await this.tables.deleteFamilies(client, families, at);
      await client.query("commit");
      for (const id of ids) this.turns.forget(id);
      client.release();
      return ids;
    } catch (error) {
      client.release(true);
      if (isStoreTrouble(error)) throw new EngineError("store-unavailable", "The store did not take the change; nothing of it was kept.", { cause: error });
      throw error;
    }
  }

  subscribe(listener: RunListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async recover(): Promise<{ readonly open: number; readonly resumed: number }> {
    const { pool } = this.database;
    await underLock(pool, () => runMigrations({ pgPool: pool }));
    await this.session.open();
    return { open: await this.tables.countOpen(pool), resumed: this.members.seen.waiting };
  }

  async stop({ drainMs = 0 }: { readonly drainMs?: number } = {}): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    this.tasks.drain();
    const patience = new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.tasks.abandon();
        this.giveUp.abort();
        resolve();
      }, drainMs);
      this.giveUp.signal.addEventListener("abort", () => clearTimeout(timer));
    });
    const whole = this.close(patience);
    // A database that says nothing any more must not keep the process.
    await Promise.race([whole, sleep(drainMs + lastMs, undefined, { ref: false })]);
  }

  private async close(patience: Promise<void>): Promise<void> {
    await this.runner?.stop(patience);
    this.giveUp.abort();
    this.turns.hurry();
    await this.turns.quiet();
    this.members.stop();
    this.news.stop();
    await this.session.close();
    await this.database.close();
  }

  private async opened(session: OpenSession): Promise<void> {
    await this.members.start(session);
    this.runner?.start();
    const since = this.lostAt;
    if (since === null) return;
    this.lostAt = null;
    try {
      await this.news.missed(since - 10_000);
    } catch (error) {
      this.lostAt = since;
      throw error;
    }
    this.ends.lookForAll();
  }

  private lost(): void {
    this.lostAt ??= this.host.clock.now();
    this.members.suspend();
    this.runner?.suspend();
    if (!this.stopped) this.problem("session-lost", "The session to the database was lost; no work is taken until there is another.");
  }

  private refuseWhenStopped(): void {
    if (this.stopped) throw new EngineError("stopped", "The engine takes no more work.");
  }

  private async refuseWhenFull(): Promise<void> {
    if (this.countedAs !== this.members.seen) this.startedSince = 0;
    this.countedAs = this.members.seen;
    this.startedSince += 1;
    const waitingHere = this.slots.queued + this.turns.backlog;
    if (this.members.seen.waiting + this.startedSince + waitingHere < this.limits.queued) return;
    const waiting = await this.reading(() => countWaiting(this.database.pool, this.limits.queued));
    if (waiting + waitingHere >= this.limits.queued) throw new EngineError("queue-full", "Too much work is waiting; try again later.");
  }

  private async begin(request: StartRequest, startKey: string | null, under: { readonly run: string; readonly step: string } | null): Promise<string> {
    const { plan, version } = await this.plans.load(request.playbook, request.version);
    const problem = inputProblem(plan.playbook, request.input);
    if (problem) throw new EngineError("invalid-input", problem.message, { details: { pointer: problem.pointer } });
    const snapshot = request.case === undefined ? null : await this.host.caseSnapshot(request.case);
    const id = newRunId(this.host.clock.now());
    const playbook = { id: request.playbook, version };
    return this.turns.begin(newLive(id, plan, rowBefore(id, version, request, startKey, under)), {
      make: (at) => ({ type: "run-started", at, run: id, playbook, input: request.input, trigger: request.trigger, case: snapshot }),
    });
  }

  private async startCalled(caller: string, effect: StartRunEffect): Promise<string> {
    const { pool } = this.database;
    const key = `effect/${effect.id}`;
    const known = await this.reading(() => this.tables.findByStartKey(pool, key));
    if (known) return known.id;
    if ((await this.reading(() => this.tables.depth(pool, caller))) > this.limits.callDepth)
      throw new EngineError("call-too-deep", `Playbooks call each other more than ${this.limits.callDepth} deep.`);
    const trigger: Trigger = { kind: "call", parent: { run: caller, step: effect.step } };
    return this.begin({ playbook: effect.playbook, input: effect.input, trigger, ...(effect.case === null ? {} : { case: effect.case }) }, key, { run: caller, step: effect.step });
  }

  private async ask(run: string, unknown: "unknown-run" | "ask-closed", request: (plan: Parameters<typeof toAnswer>[0]) => RunRequest): Promise<void> {
    this.refuseWhenStopped();
    const row = await this.reading(() => this.tables.find(this.database.pool, run));
    if (!row) throw new EngineError(unknown, `There is no run ${run}.`);
    const { plan } = await this.plans.load(row.playbook_id, row.playbook_version);
    await this.give(run, request(plan));
  }

  private give(run: string, item: Pick<TurnItem, "make" | "check" | "holds">): Promise<void> {
    return new Promise((done, failed) => {
      this.turns.push(run, { ...item, done, failed });
    });
  }

  /** For what no caller waits for. */
  private deliver(run: string, item: Pick<TurnItem, "make" | "check" | "holds" | "record">): Promise<void> {
    return this.lasting(() => this.give(run, item));
  }

  /** Tries again until the store answers, or the engine stops: a job that failed for it would be put off, for hours in the end. */
  private async lasting<Value>(work: () => Promise<Value>): Promise<Value> {
    for (let wait = againMs.first; ; wait = Math.min(wait * 2, againMs.most)) {
      if (this.giveUp.signal.aborted) throw new Abandoned();
      try {
        return await work();
      } catch (error) {
        if (!isStoreTrouble(error) && !(error instanceof EngineError && error.code === "store-unavailable")) throw error;
      }
      await sleep(wait, undefined, { signal: this.giveUp.signal }).catch(() => undefined);
    }
  }

  private committed(turn: ClosedTurn, events: readonly TraceEvent[], { stops }: Work, ms: number): void {
    const { live } = turn;
    this.host.observe?.committed?.(1, ms);
    this.news.committed(live.id, events);
    if (turn.run && turn.run.endedAt !== null && events.length > 0) this.host.observe?.runEnded?.(live.id, turn.run.seq);
    this.snapshots.consider(live, turn.run?.endedAt !== null);
    if (stops) this.tasks.stopPointless(turn.run, live.id);
  }

  private async stopPointless(run: string): Promise<void> {
    if (!this.tasks.isCarryingOut(run)) return;
    try {
      this.tasks.stopPointless(await this.turns.current(run), run);
    } catch {
      // It ends by itself, for nobody.
    }
  }

  private tell(run: string, events: readonly TraceEvent[]): void {
    for (const listener of this.listeners) {
      try {
        listener(run, events);
      } catch (error) {
        this.problem("listener-failed", error instanceof Error ? error.message : String(error), run);
      }
    }
    this.ends.heard(run, events);
  }

  private async reading<Value>(read: () => Promise<Value>): Promise<Value> {
    try {
      return await read();
    } catch (error) {
      if (!isStoreTrouble(error) || error instanceof EngineError) throw error;
      throw new EngineError("store-unavailable", "The store cannot be read at the moment.", { cause: error });
    }
  }

  private problem(code: string, message: string, run?: string): void {
    this.host.onProblem?.({ code, message, ...(run === undefined ? {} : { run }) });
  }
}

const migrationLock = 0x64_62_6d_67;

/** One process at a time. */
async function underLock(pool: PostgresDatabase["pool"], work: () => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    await work();
    await client.query("select pg_advisory_unlock($1)", [migrationLock]);
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function countWaiting(pool: PostgresDatabase["pool"], most: number): Promise<number> {
  const text = `select count(*) as waiting from (select 1 from graphile_worker.jobs where ${isWaiting} limit $1) as due`;
  const { rows } = await pool.query<{ waiting: number }>({ name: "jobs-waiting", text, values: [most] });
  return rows[0]?.waiting ?? 0;
}
