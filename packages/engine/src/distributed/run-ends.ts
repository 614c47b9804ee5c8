import type { Run, TraceEvent } from "@drawbridge/interpreter";
import { EngineError } from "../engine-error.ts";
import type { RunRow } from "../store/tables.ts";

export interface RunEndPorts {
  row(run: string): Promise<RunRow | null>;
  current(run: string): Promise<Run | null>;
  /** Whether the engine has given up asking. */
  isOver(): boolean;
  problem(code: string, message: string, run: string): void;
}

interface Waiting {
  readonly resolve: (run: Run) => void;
  readonly reject: (error: Error) => void;
}

const againMs = 3_000;

/** Those who wait for runs to end. */
export class RunEnds {
  private readonly ports: RunEndPorts;
  private readonly waiting = new Map<string, Set<Waiting>>();

  constructor(ports: RunEndPorts) {
    this.ports = ports;
  }

  /** How many runs are waited for. */
  get size(): number {
    return this.waiting.size;
  }

  /** Resolves when the run has ended; rejects when there is none such. */
  wait(run: string): Promise<Run> {
    const all = this.waiting.get(run) ?? new Set();
    this.waiting.set(run, all);
    return new Promise((resolve, reject) => {
      const waiting = { resolve, reject };
      all.add(waiting);
      void this.ports.row(run).then(
        (row) => {
          if (row?.ended_at !== null) void this.look(run);
        },
        (error: unknown) => {
          all.delete(waiting);
          if (all.size === 0 && this.waiting.get(run) === all) this.waiting.delete(run);
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  }

  /** What the run did: its end may be among it. */
  heard(run: string, events: readonly TraceEvent[]): void {
    if (this.waiting.has(run) && events.some(({ type }) => type === "run-succeeded" || type === "run-failed" || type === "run-cancelled")) void this.look(run);
  }

  /** Looks after all that are waited for, since their end may have been missed. */
  lookForAll(): void {
    for (const run of this.waiting.keys()) void this.look(run);
  }

  private async look(run: string): Promise<void> {
    try {
      const state = await this.ports.current(run);
      if (state?.endedAt === null) return;
      const all = this.waiting.get(run) ?? new Set();
      this.waiting.delete(run);
      for (const { resolve, reject } of all) {
        if (state) resolve(state);
        else reject(new EngineError("unknown-run", `There is no run ${run}.`));
      }
    } catch (error) {
      if (this.ports.isOver()) return;
      this.ports.problem("end-untold", error instanceof Error ? error.message : String(error), run);
      setTimeout(() => void this.look(run), againMs).unref();
    }
  }
}
