import type { TraceEvent } from "@drawbridge/interpreter";
import type { Playbook } from "@drawbridge/playbook";
import { runSpanId, stepSpanId } from "./span-ids.ts";

type Attributes = { readonly [name: string]: string | number };

/** One span of a run, without what the run worked on: no inputs, outputs, messages or people. Times are epoch ms. */
export interface RunSpan {
  readonly id: string;
  /** Null: the run's parent, if it has one, is somewhere else. */
  readonly parent: string | null;
  readonly name: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly attributes: Attributes;
  /** The code of what went wrong. */
  readonly error: string | null;
  readonly events: readonly { readonly name: string; readonly at: number; readonly attributes: Attributes }[];
  readonly droppedEvents: number;
}

interface OpenStep {
  readonly startedAt: number;
  attempts: number;
  readonly events: RunSpan["events"][number][];
  droppedEvents: number;
}

type EventOf<Type extends TraceEvent["type"]> = Extract<TraceEvent, { readonly type: Type }>;
type Readers = { readonly [Type in TraceEvent["type"]]?: (event: EventOf<Type>) => void };

/** As OpenTelemetry limits them. */
const mostEvents = 128;

/** Makes spans of a trace that is read from its beginning to an end: of its last stretch, those before were sent when they ended. */
export class RunSpans {
  readonly #playbook: Playbook | null;
  #run = "";
  #of: Attributes = {};
  #startedAt = 0;
  #stretch = 0;
  #steps = new Map<string, OpenStep>();
  #spans: RunSpan[] = [];

  constructor(playbook: Playbook | null) {
    this.#playbook = playbook;
  }

  take(event: TraceEvent): void {
    (this.#readers[event.type] as ((event: TraceEvent) => void) | undefined)?.(event);
  }

  /** The run's span last, after those of its steps. */
  get ended(): readonly RunSpan[] {
    return this.#spans;
  }

  readonly #readers: Readers = {
    "run-started": ({ run, playbook, trigger, at }) => {
      this.#run = run;
      this.#startedAt = at;
      this.#of = {
        "drawbridge.run.id": run,
        "drawbridge.run.trigger": trigger.kind,
        "drawbridge.playbook.id": playbook.id,
        "drawbridge.playbook.version": playbook.version,
      };
    },
    "rerun-requested": ({ seq, at }) => {
      this.#stretch = seq;
      this.#startedAt = at;
      this.#steps = new Map();
      this.#spans = [];
    },
    "attempt-started": ({ step, attempt, item, at }) => {
      this.#note(step, "attempt", at, { attempt, ...ofItem(item) });
      this.#open(step, at).attempts += 1;
    },
    "attempt-failed": ({ step, attempt, item, error, at }) => this.#note(step, "attempt failed", at, { attempt, ...ofItem(item), "error.type": error.code }),
    "effect-sent": ({ effect, at }) => this.#noteEffect(effect, "sent", at),
    "poll-scheduled": ({ step, item, poll, at }) => this.#note(step, "polled", at, { poll, ...ofItem(item) }),
    "items-expanded": ({ step, items, at }) => this.#note(step, "items", at, { items: items.length }),
    "item-failed": ({ step, item, error, at }) => this.#note(step, "item failed", at, { item, "error.type": error.code }),
    "ask-opened": ({ step, at }) => this.#note(step, "asked", at),
    "ask-answered": ({ effect, at }) => this.#noteEffect(effect, "answered", at),
    "wait-started": ({ step, at }) => void this.#open(step, at),
    "child-started": ({ effect, run, at }) => this.#noteEffect(effect, "called", at, { run }),
    "step-in-doubt": ({ step, item, at }) => this.#note(step, "in doubt", at, ofItem(item)),
    "doubt-decided": ({ effect, decision, at }) => this.#noteEffect(effect, "doubt decided", at, { decision }),
    "step-succeeded": ({ step, way, error, at }) => this.#close(step, at, "succeeded", way, error?.code ?? null),
    "step-failed": ({ step, way, error, at }) => this.#close(step, at, "failed", way, error.code),
    "step-skipped": ({ step, way, error, at }) => {
      if (error) this.#close(step, at, "skipped", way ?? null, error.code);
    },
    "run-succeeded": ({ outcome, at }) => this.#end(at, "succeeded", outcome, null),
    "run-failed": ({ outcome, error, at }) => this.#end(at, "failed", outcome, error.code),
    "run-cancelled": ({ at }) => this.#end(at, "cancelled", null, null),
  };

  #open(step: string, at: number): OpenStep {
    const known = this.#steps.get(step);
    if (known) return known;
    const opened = { startedAt: at, attempts: 0, events: [], droppedEvents: 0 };
    this.#steps.set(step, opened);
    return opened;
  }

  #note(step: string, name: string, at: number, attributes: Attributes = {}): void {
    const opened = this.#open(step, at);
    if (opened.events.length < mostEvents) opened.events.push({ name, at, attributes });
    else opened.droppedEvents += 1;
  }

  /** An effect's id is `<run>/<step>/<attempt>`, with `[item]` after the step in a for-each. */
  #noteEffect(effect: string, name: string, at: number, attributes: Attributes = {}): void {
    const step = /^[^/]+\/([^/[]+)/.exec(effect)?.[1];
    if (step !== undefined) this.#note(step, name, at, attributes);
  }

  #close(step: string, at: number, status: string, way: string | null, error: string | null): void {
    const { startedAt, attempts, events, droppedEvents } = this.#open(step, at);
    this.#steps.delete(step);
    const found = this.#playbook?.steps[step];
    const attributes: Attributes = {
      ...this.#of,
      "drawbridge.step.id": step,
      "drawbridge.step.status": status,
      ...(attempts > 0 ? { "drawbridge.step.attempts": attempts } : {}),
      ...(way === null ? {} : { "drawbridge.step.way": way }),
      ...(found ? { "drawbridge.step.kind": found.kind, "drawbridge.step.name": found.name } : {}),
      ...(found?.kind === "action" ? { "drawbridge.action": found.action } : {}),
      ...(error === null ? {} : { "error.type": error }),
    };
    const parent = runSpanId(this.#run, this.#stretch);
    this.#spans.push({ id: stepSpanId(this.#run, step, this.#stretch), parent, name: `step ${step}`, startedAt, endedAt: at, attributes, error, events, droppedEvents });
  }

  #end(at: number, status: string, outcome: string | null, error: string | null): void {
    for (const step of [...this.#steps.keys()]) this.#close(step, at, "cancelled", null, null);
    const attributes: Attributes = {
      ...this.#of,
      "drawbridge.run.status": status,
      ...(outcome === null ? {} : { "drawbridge.run.outcome": outcome }),
      ...(error === null ? {} : { "error.type": error }),
    };
    const name = `run ${this.#of["drawbridge.playbook.id"] ?? ""}`;
    this.#spans.push({ id: runSpanId(this.#run, this.#stretch), parent: null, name, startedAt: this.#startedAt, endedAt: at, attributes, error, events: [], droppedEvents: 0 });
  }
}

const ofItem = (item: number | undefined): Attributes => (item === undefined ? {} : { item });
