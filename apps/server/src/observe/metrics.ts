import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import type { EngineObserver } from "@drawbridge/engine";
import type { TraceEvent } from "@drawbridge/interpreter";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

interface MetricsHost {
  /** Runs by state, asked at most every few seconds. */
  readonly runsByState: () => Promise<readonly { readonly state: string; readonly count: number }[]>;
  readonly watchers: () => number;
  readonly queueDepth: () => number;
  readonly isAction: (action: string) => boolean;
}

const cachedMs = 5_000;
const latencies = [0.005, 0.02, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** What the server measures, for Prometheus. Labels are of closed sets: no ids, titles or people. */
export class Metrics {
  readonly registry = new Registry();
  readonly observer: EngineObserver;
  readonly #started: Counter<"trigger">;
  readonly #ended: Counter<"status">;
  readonly #queued = new Map<string, number>();
  readonly #sent = new Map<string, number>();
  readonly #loop: IntervalHistogram;

  constructor(host: MetricsHost) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.#loop = monitorEventLoopDelay({ resolution: 20 });
    this.#loop.enable();
    this.#started = new Counter({ name: "drawbridge_runs_started_total", help: "Runs that began, by trigger", labelNames: ["trigger"], registers });
    this.#ended = new Counter({ name: "drawbridge_runs_ended_total", help: "Runs that ended, by status", labelNames: ["status"], registers });
    const seconds = new Histogram({ name: "drawbridge_step_seconds", help: "How long action calls take", labelNames: ["action", "outcome"], buckets: latencies, registers });
    const wait = new Histogram({ name: "drawbridge_queue_wait_seconds", help: "How long action calls wait for a place", buckets: latencies, registers });
    const batch = new Histogram({ name: "drawbridge_commit_batch_turns", help: "Turns in one commit", buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500], registers });
    const commit = new Histogram({
      name: "drawbridge_commit_seconds",
      help: "How long a commit takes",
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2, 5],
      registers,
    });
    this.#gauges(host);
    const known = (action: string) => (host.isAction(action) ? action : "unknown");
    this.observer = {
      callQueued: (effect) => void this.#queued.set(effect, performance.now()),
      callDropped: (effect) => void this.#queued.delete(effect),
      callStarted: (effect) => {
        const now = performance.now();
        wait.observe((now - (this.#queued.get(effect) ?? now)) / 1_000);
        this.#queued.delete(effect);
        this.#sent.set(effect, now);
      },
      callEnded: (effect, action, outcome) => {
        const began = this.#sent.get(effect);
        this.#sent.delete(effect);
        if (began !== undefined) seconds.observe({ action: known(action), outcome }, (performance.now() - began) / 1_000);
      },
      committed: (turns, ms) => {
        batch.observe(turns);
        commit.observe(ms / 1_000);
      },
    };
  }

  /** Counts beginnings and ends; a listener of the engine. */
  runHappened(events: readonly TraceEvent[]): void {
    for (const event of events) {
      if (event.type === "run-started") this.#started.inc({ trigger: event.trigger.kind });
      else if (event.type === "run-succeeded" || event.type === "run-failed" || event.type === "run-cancelled") this.#ended.inc({ status: event.type.slice(4) });
    }
  }

  close(): void {
    this.#loop.disable();
  }

  #gauges({ runsByState, watchers, queueDepth }: MetricsHost): void {
    const registers = [this.registry];
    let asked = -Infinity;
    new Gauge({
      name: "drawbridge_runs",
      help: "Runs in the store, by state",
      labelNames: ["state"],
      registers,
      async collect() {
        if (performance.now() - asked < cachedMs) return;
        asked = performance.now();
        const counts = await runsByState();
        this.reset();
        for (const { state, count } of counts) this.set({ state }, count);
      },
    });
    const gauge = (name: string, help: string, read: () => number) =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read());
        },
      });
    gauge("drawbridge_socket_watchers", "Live connections", watchers);
    gauge("drawbridge_queue_depth", "Action calls that wait for a place", queueDepth);
    gauge("drawbridge_queue_oldest_seconds", "How long the longest waiting call has waited", () => {
      const [oldest] = this.#queued.values();
      return oldest === undefined ? 0 : (performance.now() - oldest) / 1_000;
    });
    const loop = this.#loop;
    new Gauge({
      name: "drawbridge_event_loop_delay_seconds",
      help: "Delay of the event loop since it was last asked",
      labelNames: ["quantile"],
      registers,
      collect() {
        for (const quantile of [50, 99, 100]) this.set({ quantile: String(quantile / 100) }, loop.percentile(quantile) / 1e9);
        loop.reset();
      },
    });
  }
}
