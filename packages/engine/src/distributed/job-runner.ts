import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { type JobHelpers, Logger, runTaskList, type WorkerPool } from "graphile-worker";
import type pg from "pg";
import { Abandoned, JobLost } from "./job-left.ts";
import type { JobPayloads, JobTask } from "./jobs.ts";

/** A job under way: `id` is Graphile's, `pool` the name under which it is held, `attempts` how often it was given out. */
export interface Job {
  readonly id: string;
  readonly pool: string;
  readonly attempts: number;
}

export type JobTasks = { readonly [Task in JobTask]: (payload: JobPayloads[Task], job: Job) => Promise<void> };

export interface RunnerPorts {
  readonly database: pg.Pool;
  readonly tasks: JobTasks;
  /** How many jobs may be in hand at once. */
  readonly concurrency: number;
  register(pool: string): Promise<void>;
  unregister(pool: string): Promise<void>;
  problem(code: string, message: string): void;
}

/** How often timers that come due are looked for, in ms; new work is announced. */
const pollMs = 500;
const againMs = 1_000;

interface Pool {
  readonly workers: WorkerPool;
  /** Resolves when the others know of it: nothing is sent before. */
  readonly known: Promise<void>;
  readonly inHand: Set<string>;
}

/** Takes jobs for as long as this process is known to live, under a new name each time that it was not. */
export class JobRunner {
  private readonly ports: RunnerPorts;
  /** Takes jobs. */
  private pool: Pool | null = null;
  /** Have jobs in hand, that one too. */
  private readonly pools = new Set<Pool>();
  private timer: NodeJS.Timeout | null = null;
  private suspended = true;
  private stopped = false;

  constructor(ports: RunnerPorts) {
    this.ports = ports;
  }

  start(): void {
    this.suspended = false;
    if (this.stopped || this.pool) return;
    const wrapped = Object.fromEntries(
      Object.entries(this.ports.tasks).map(([name, task]) => [
        name,
        (payload: unknown, helpers: JobHelpers) => this.run(pool, task as JobTasks[JobTask], payload as never, helpers),
      ]),
    );
    const events = new EventEmitter();
    const workers = runTaskList(
      {
        concurrency: this.ports.concurrency,
        noHandleSignals: true,
        pollInterval: pollMs,
        events,
        logger: new Logger(() => (level, message, meta) => {
          const left = meta?.["error"] instanceof Abandoned || meta?.["error"] instanceof JobLost;
          if (level === "error" && !left) this.ports.problem("worker-trouble", message.split("\n", 1)[0] ?? "");
        }),
        preset: { worker: { localQueue: { size: Math.min(50, this.ports.concurrency) }, completeJobBatchDelay: 2, failJobBatchDelay: 2 } },
      },
      wrapped,
      this.ports.database,
    );
    const pool: Pool = { workers, known: this.ports.register(workers.id), inHand: new Set() };
    this.pool = pool;
    this.pools.add(pool);
    events.on("pool:gracefulShutdown", () => this.leave(pool));
    pool.known.catch((error: unknown) => {
      this.ports.problem("worker-unknown", error instanceof Error ? error.message : String(error));
      if (this.pool === pool) void quietly(workers.gracefulShutdown());
    });
    workers.promise.then(
      () => this.ended(pool),
      (error: unknown) => {
        if (!this.stopped) this.ports.problem("worker-ended", error instanceof Error ? error.message : String(error));
        this.ended(pool);
      },
    );
  }

  /** Takes no more jobs; those in hand go on. */
  suspend(): void {
    this.suspended = true;
    if (this.timer) clearTimeout(this.timer);
    const pool = this.pool;
    this.pool = null;
    if (pool) void quietly(pool.workers.gracefulShutdown());
  }

  /** Resolves when nothing is in hand, or with `force` when what was in hand is free for others. */
  async stop(force: Promise<void>): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    const pools = [...this.pools];
    if (this.pool) void quietly(this.pool.workers.gracefulShutdown());
    await Promise.race([Promise.all(pools.map(({ workers }) => quietly(workers.promise))), force]);
    await Promise.all([...this.pools].map((pool) => quietly(pool.workers.forcefulShutdown("stopped"))));
    const names = pools.map(({ workers }) => workers.id);
    if (names.length === 0) return;
    await quietly(
      this.ports.database.query("select graphile_worker.force_unlock_workers($1::text[])", [names]).then(async () => {
        const left = pools.flatMap((pool) => [...pool.inHand]);
        if (left.length > 0) await this.ports.database.query("select graphile_worker.reschedule_jobs($1::bigint[], now())", [left]);
        for (const name of names) await this.ports.unregister(name);
      }),
    );
  }

  private async run<Task extends JobTask>(pool: Pool, task: JobTasks[Task], payload: JobPayloads[Task], { job }: JobHelpers): Promise<void> {
    await pool.known;
    // The pool reads counts as numbers.
    const id = String(job.id);
    pool.inHand.add(id);
    try {
      await task(payload, { id, pool: pool.workers.id, attempts: job.attempts });
    } catch (error) {
      if (!(error instanceof Abandoned)) pool.inHand.delete(id);
      throw error;
    }
    pool.inHand.delete(id);
  }

  /** The pool takes no more jobs, whoever asked it to: what it has in hand may take long, so another one takes its place. */
  private leave(pool: Pool): void {
    if (this.pool !== pool) return;
    this.pool = null;
    if (this.suspended || this.stopped) return;
    this.timer = setTimeout(() => this.start(), againMs);
  }

  /** Nothing is in its hands any more: what it could not give back is set free. */
  private ended(pool: Pool): void {
    this.pools.delete(pool);
    this.leave(pool);
    void this.free(pool);
  }

  private async free(pool: Pool): Promise<void> {
    while (!this.stopped) {
      try {
        await this.ports.database.query("select graphile_worker.force_unlock_workers($1::text[])", [[pool.workers.id]]);
        return await this.ports.unregister(pool.workers.id);
      } catch {
        await sleep(againMs, undefined, { ref: false });
      }
    }
  }
}

async function quietly(work: PromiseLike<unknown> | unknown): Promise<void> {
  try {
    await work;
  } catch {
    // Whoever shuts down can do nothing about it; others set the jobs free.
  }
}
