import { Worker } from "node:worker_threads";
import type { Json } from "@drawbridge/playbook";
import type { ScriptRunner } from "../ports.ts";
import type { ScriptResult } from "../script/evaluate-script.mjs";
import { ScriptError } from "../script/script-error.ts";

export interface ScriptLimits {
  readonly threads: number;
  /** For a script without a time-out of its own, and the most that one may have. */
  readonly timeoutMs: number;
  readonly longestMs: number;
  readonly memoryBytes: number;
}

const defaults: ScriptLimits = { threads: 2, timeoutMs: 5_000, longestMs: 60_000, memoryBytes: 64 * 1024 * 1024 };
/** How much longer than its time a thread may stay silent before it is ended. */
const graceMs = 2_000;

interface Job {
  readonly source: string;
  readonly input: string;
  readonly timeoutMs: number;
  readonly settle: (result: ScriptResult) => void;
  readonly fail: (error: ScriptError) => void;
}

interface Thread {
  readonly worker: Worker;
  job: Job | null;
  timer: NodeJS.Timeout | null;
}

/** Runs scripts in QuickJS on worker threads, so that no script holds up the engine. */
export class ScriptThreads implements ScriptRunner {
  private readonly limits: ScriptLimits;
  private readonly threads = new Set<Thread>();
  private waiting: Job[] = [];
  private closed = false;

  constructor(limits: Partial<ScriptLimits> = {}) {
    this.limits = { ...defaults, ...limits };
  }

  run(source: string, input: { readonly [key: string]: Json }, options: { readonly timeoutMs?: number; readonly signal: AbortSignal }): Promise<Json> {
    return new Promise((resolve, reject) => {
      const cancelled = (): void => {
        this.abandon(job);
        reject(new ScriptError("cancelled", "The script was cancelled."));
      };
      const done = (): void => options.signal.removeEventListener("abort", cancelled);
      const job: Job = {
        source,
        input: JSON.stringify(input),
        timeoutMs: Math.min(options.timeoutMs ?? this.limits.timeoutMs, this.limits.longestMs),
        settle: (result) => {
          done();
          if (result.error) reject(new ScriptError(result.error.code, result.error.message));
          else resolve(JSON.parse(result.output) as Json);
        },
        fail: (error) => {
          done();
          reject(error);
        },
      };
      if (options.signal.aborted || this.closed) return cancelled();
      options.signal.addEventListener("abort", cancelled, { once: true });
      this.waiting.push(job);
      this.next();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const job of this.waiting.splice(0)) job.fail(new ScriptError("cancelled", "The engine stops."));
    await Promise.all([...this.threads].map((thread) => this.end(thread, new ScriptError("cancelled", "The engine stops."))));
  }

  private next(): void {
    const job = this.waiting[0];
    if (!job || this.closed) return;
    const thread = [...this.threads].find((each) => each.job === null) ?? (this.threads.size < this.limits.threads ? this.spawn() : null);
    if (!thread) return;
    this.waiting.shift();
    thread.job = job;
    thread.worker.ref();
    thread.timer = setTimeout(() => void this.end(thread, new ScriptError("script-timed-out", `The script took longer than ${job.timeoutMs} ms.`)), job.timeoutMs + graceMs);
    thread.worker.postMessage({ source: job.source, input: job.input, limits: { timeoutMs: job.timeoutMs, memoryBytes: this.limits.memoryBytes } });
    this.next();
  }

  private spawn(): Thread {
    const worker = new Worker(new URL("../script/script-worker.mjs", import.meta.url), { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 256 } });
    const thread: Thread = { worker, job: null, timer: null };
    worker.on("message", (result: ScriptResult & { readonly broken?: string }) => {
      const job = this.release(thread);
      if (result.broken !== undefined) void this.end(thread, null);
      job?.settle(result);
      this.next();
    });
    worker.on("error", (error) => void this.end(thread, new ScriptError("script-failed", `The script's thread ended: ${error.message}`)));
    worker.unref();
    this.threads.add(thread);
    return thread;
  }

  private release(thread: Thread): Job | null {
    if (thread.timer) clearTimeout(thread.timer);
    const { job } = thread;
    thread.job = null;
    thread.timer = null;
    thread.worker.unref();
    return job;
  }

  private async end(thread: Thread, error: ScriptError | null): Promise<void> {
    if (!this.threads.delete(thread)) return;
    const job = this.release(thread);
    if (error) job?.fail(error);
    this.next();
    await thread.worker.terminate();
  }

  private abandon(job: Job): void {
    this.waiting = this.waiting.filter((each) => each !== job);
    for (const thread of this.threads) if (thread.job === job) void this.end(thread, null);
  }
}
