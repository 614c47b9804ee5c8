import { setImmediate } from "node:timers/promises";
import type { Engine, EngineObserver, PlaybookSource } from "@drawbridge/engine";
import type { TraceEvent } from "@drawbridge/interpreter";
import type { Log } from "../log.ts";
import { RunSpans } from "./run-spans.ts";
import { stepSpanId, traceIdOf } from "./span-ids.ts";
import { SpanSender } from "./span-sender.ts";

interface TracingHost {
  readonly engine: Pick<Engine, "trace" | "subscribe">;
  readonly playbooks: PlaybookSource;
  readonly log: Log;
}

type Started = Extract<TraceEvent, { readonly type: "run-started" }>;

const pageOf = 500;
const mostInBatch = 512;
/** Runs whose spans wait to be sent; with more, the newest are left out, and the log says how many. */
const mostWaiting = 10_000;
const mostRemembered = 1_000;
const closeMs = 5_000;

/** Sends the spans of each run when it ends, in the process that committed its end: they are made of the stored trace, so that nothing is kept meanwhile. */
export class RunTracing {
  readonly observer: EngineObserver = { runEnded: (run, seq) => this.#add(run, seq) };
  readonly #sender: SpanSender;
  #host: TracingHost | null = null;
  #unsubscribe: (() => void) | null = null;
  #waiting: { readonly run: string; readonly seq: number }[] = [];
  #leftOut = 0;
  #working: Promise<void> | null = null;
  /** What is asked for again and again of callers with many called runs. */
  readonly #roots = new Map<string, string>();
  readonly #stretches = new Map<string, readonly { readonly seq: number; readonly at: number }[]>();

  constructor(environment: { readonly [name: string]: string | undefined }) {
    this.#sender = new SpanSender(environment);
  }

  follow(host: TracingHost): void {
    this.#host = host;
    this.#unsubscribe = host.engine.subscribe((run, events) => {
      if (this.#stretches.has(run) && events.some(({ type }) => type === "rerun-requested")) this.#stretches.delete(run);
    });
    this.#work();
  }

  /** Sends what waits, for a few seconds at most; before the store closes. */
  async close(): Promise<void> {
    this.#unsubscribe?.();
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([this.#working, new Promise((resolve) => (timer = setTimeout(resolve, closeMs)))]);
    clearTimeout(timer);
    this.#waiting = [];
    await this.#sender.close();
  }

  #add(run: string, seq: number): void {
    if (this.#waiting.length >= mostWaiting) this.#leftOut += 1;
    else this.#waiting.push({ run, seq });
    this.#work();
  }

  #work(): void {
    if (!this.#host || this.#waiting.length === 0 || this.#working) return;
    this.#working = this.#sendAll(this.#host).finally(() => {
      this.#working = null;
      this.#work();
    });
  }

  async #sendAll(host: TracingHost): Promise<void> {
    while (this.#waiting.length > 0) {
      const [next] = this.#waiting.splice(0, 1);
      if (!next) return;
      try {
        await this.#send(host, next.run, next.seq);
      } catch (error) {
        host.log.warn({ err: error, run: next.run }, "the spans of a run could not be sent");
      }
      if (this.#leftOut > 0) host.log.warn({ runs: this.#leftOut }, "the spans of runs were left out: they end faster than spans are taken");
      this.#leftOut = 0;
    }
  }

  async #send(host: TracingHost, run: string, seq: number): Promise<void> {
    const started = await startOf(host, run);
    if (!started) return;
    const traceId = traceIdOf(await this.#rootOf(host, started));
    if (!this.#sender.isSampled(traceId)) return;
    const { id, version } = started.playbook;
    const spans = new RunSpans((await host.playbooks.load(id, version))?.playbook ?? null);
    for await (const event of entriesOf(host, run, seq)) spans.take(event);
    const parent = await this.#parentOf(host, started);
    for (let from = 0; from < spans.ended.length; from += mostInBatch) await this.#sender.send(traceId, spans.ended.slice(from, from + mostInBatch), parent);
  }

  /** The run that nobody called. */
  async #rootOf(host: TracingHost, { run, trigger }: Started): Promise<string> {
    const caller = trigger.parent?.run;
    if (caller === undefined) return run;
    const known = this.#roots.get(caller);
    if (known !== undefined) return known;
    const above = await startOf(host, caller);
    const root = above ? await this.#rootOf(host, above) : caller;
    remember(this.#roots, caller, root);
    return root;
  }

  /** The span of the step that called the run. */
  async #parentOf(host: TracingHost, { trigger, at }: Started): Promise<string | null> {
    if (!trigger.parent) return null;
    const { run, step } = trigger.parent;
    let stretches = this.#stretches.get(run);
    if (!stretches) {
      const found: { readonly seq: number; readonly at: number }[] = [];
      for await (const event of entriesOf(host, run, Infinity)) if (event.type === "rerun-requested") found.push({ seq: event.seq, at: event.at });
      remember(this.#stretches, run, (stretches = found));
    }
    return stepSpanId(run, step, stretches.findLast((stretch) => stretch.at <= at)?.seq ?? 0);
  }
}

async function startOf({ engine }: TracingHost, run: string): Promise<Started | null> {
  const [first] = await engine.trace(run, 0, 1);
  return first?.type === "run-started" ? first : null;
}

/** The entries up to `last`, read by pages between which other work goes on. */
async function* entriesOf({ engine }: TracingHost, run: string, last: number): AsyncGenerator<TraceEvent> {
  for (let seq = 0; seq < last;) {
    const page = await engine.trace(run, seq, Math.min(pageOf, last - seq));
    yield* page;
    if (page.length < pageOf) return;
    seq = page.at(-1)?.seq ?? last;
    await setImmediate();
  }
}

function remember<Value>(known: Map<string, Value>, key: string, value: Value): void {
  known.set(key, value);
  const [oldest] = known.keys();
  if (known.size > mostRemembered && oldest !== undefined) known.delete(oldest);
}
