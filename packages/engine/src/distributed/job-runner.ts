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
  private pool: Pool | null = null;
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(ports: RunnerPorts) {
    this.ports = ports;
  }

  start(): void {
    if (this.stopped || this.pool) return;
    const inHand = new Set<string>();
    const wrapped = Object.fromEntries(
      Object.entries(this.ports.tasks).map(([name, task]) => [
        name,
        (payload: unknown, helpers: JobHelpers) => this.run(pool, task as JobTasks[JobTask], payload as never, helpers),
      ]),
    );
    const workers = runTaskList(
      {
        concurrency: this.ports.concurrency,
        noHandleSignals: true,
        pollInterval: pollMs,
        logger: new Logger(() => (level, message, meta) => {
          const left = meta?.["error"] instanceof Abandoned || meta?.["error"] instanceof JobLost;
          if (level === "error" && !left) this.ports.problem("worker-trouble", message.split("\n", 1)[0] ?? "");
        }),
        preset: { worker: { localQueue: { size: Math.min(50, this.ports.concurrency) }, completeJobBatchDelay: 2, failJobBatchDelay: 2 } },
      },
      wrapped,
      this.ports.database,
    );
    const pool: Pool = { workers, known: this.ports.register(workers.id), inHand };
    this.pool = pool;
    pool.known.catch((error: unknown) => {
      this.ports.problem("worker-unknown", error instanceof Error ? error.message : String(error));
      if (this.pool === pool) this.restart(pool);
    });
    workers.promise.then(
      () => this.ended(pool),
      (error: unknown) => {
        this.ports.problem("worker-ended", error instanceof Error ? error.message : String(error));
        this.ended(pool);
      },
    );
  }

  /** Takes no more jobs; those in hand go on. */
  suspend(): void {
    if (this.timer) clearTimeout(this.timer);
    const pool = this.pool;
    this.pool = null;
    if (pool) void quietly(pool.workers.gracefulShutdown());
  }

  /** Resolves when nothing is in hand, or with `force` when what was in hand is free for others. */
  async stop(force: Promise<void>): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    const pool = this.pool;
    if (!pool) return;
    let settled = false;
    const graceful = quietly(pool.workers.gracefulShutdown()).then(() => {
      settled = true;
    });
    await Promise.race([graceful, force]);
    if (!settled) await quietly(pool.workers.forcefulShutdown("stopped"));
    const held = [...pool.inHand];
    await quietly(
      this.ports.database.query("select graphile_worker.force_unlock_workers($1::text[])", [[pool.workers.id]]).then(async () => {
        if (held.length > 0) await this.ports.database.query("select graphile_worker.reschedule_jobs($1::bigint[], now())", [held]);
        await this.ports.unregister(pool.workers.id);
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

  private restart(pool: Pool): void {
    void quietly(pool.workers.gracefulShutdown());
    this.ended(pool);
  }

  /** A pool that ended by itself: its jobs are set free when none of them is in hand any more. */
  private ended(pool: Pool): void {
    if (this.pool !== pool || this.stopped) return;
    this.pool = null;
    this.timer = setTimeout(() => {
      this.free(pool).finally(() => this.start());
    }, againMs);
  }

  private async free(pool: Pool): Promise<void> {
    if (pool.inHand.size > 0) return;
    await quietly(this.ports.database.query("select graphile_worker.force_unlock_workers($1::text[])", [[pool.workers.id]]).then(() => this.ports.unregister(pool.workers.id)));
  }
}

async function quietly(work: PromiseLike<unknown> | unknown): Promise<void> {
  try {
    await work;
  } catch {
    // Whoever shuts down can do nothing about it; others set the jobs free.
  }
}
