import type { RunError, TraceEvent } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";
import type { StatusTone } from "../shared/StatusMark.tsx";

/** `attempt` is work; the others are waiting: for a retry or poll, a person, a time or signal. */
type BarKind = "attempt" | "pause" | "ask" | "wait";

/** A stretch of time in which a step worked or waited. Times are epoch ms; `to` is null while it lasts. */
export interface AttemptBar {
  readonly step: string;
  readonly kind: BarKind;
  readonly attempt: number | null;
  readonly item: number | null;
  readonly from: number;
  readonly to: number | null;
  readonly tone: StatusTone;
  readonly error?: RunError;
  readonly input?: Json;
  /** The attempt's id. */
  readonly effect?: string;
}

const openTones: { readonly [Kind in BarKind]: StatusTone } = { attempt: "run", pause: "skip", ask: "wait", wait: "wait" };

/** Every stretch of work and of waiting in a trace, in the order in which they began; it grows with the trace. */
export class AttemptBars {
  readonly #bars: AttemptBar[] = [];
  /** The index of the stretch that lasts, by step and item. */
  readonly #open = new Map<string, Map<number | null, number>>();

  get all(): readonly AttemptBar[] {
    return this.#bars;
  }

  add(events: readonly TraceEvent[]): void {
    for (const event of events) this.#take(event);
  }

  #begin(bar: Omit<AttemptBar, "to" | "tone">): void {
    this.#end(bar.step, bar.item, bar.from);
    const ofStep = this.#open.get(bar.step) ?? new Map<number | null, number>();
    this.#open.set(bar.step, ofStep.set(bar.item, this.#bars.length));
    this.#bars.push({ ...bar, to: null, tone: openTones[bar.kind] });
  }

  #end(step: string, item: number | null, to: number, tone?: StatusTone, error?: RunError): void {
    const ofStep = this.#open.get(step);
    const index = ofStep?.get(item);
    const bar = index === undefined ? undefined : this.#bars[index];
    if (!bar || index === undefined) return;
    this.#bars[index] = { ...bar, to, ...(tone && bar.kind !== "pause" && { tone }), ...(error && bar.kind === "attempt" && { error }) };
    ofStep?.delete(item);
  }

  #endStep(step: string, at: number, tone: StatusTone, error?: RunError): void {
    for (const item of [...(this.#open.get(step)?.keys() ?? [])]) this.#end(step, item, at, tone, error);
  }

  #take(event: TraceEvent): void {
    switch (event.type) {
      case "attempt-started":
        this.#begin({ step: event.step, kind: "attempt", attempt: event.attempt, item: event.item ?? null, from: event.at, input: event.input, effect: event.effect });
        break;
      case "attempt-failed":
        this.#end(event.step, event.item ?? null, event.at, "fail", event.error);
        if (event.retryAt !== undefined) this.#begin({ step: event.step, kind: "pause", attempt: null, item: event.item ?? null, from: event.at });
        break;
      case "poll-scheduled":
        this.#end(event.step, event.item ?? null, event.at, "run");
        this.#begin({ step: event.step, kind: "pause", attempt: null, item: event.item ?? null, from: event.at });
        break;
      case "ask-opened":
        this.#begin({ step: event.step, kind: "ask", attempt: null, item: null, from: event.at });
        break;
      case "wait-started":
        this.#begin({ step: event.step, kind: "wait", attempt: null, item: null, from: event.at });
        break;
      case "item-succeeded":
        this.#end(event.step, event.item, event.at, event.error ? "skip" : "ok");
        break;
      case "item-failed":
        this.#end(event.step, event.item, event.at, "fail", event.error);
        break;
      case "step-succeeded":
        this.#endStep(event.step, event.at, "ok");
        break;
      case "step-failed":
        this.#endStep(event.step, event.at, "fail", event.error);
        break;
      case "step-skipped":
        this.#endStep(event.step, event.at, "skip");
        break;
      case "step-in-doubt":
        this.#end(event.step, event.item ?? null, event.at, "doubt");
        break;
      case "run-succeeded":
      case "run-failed":
      case "run-cancelled":
        for (const step of this.#open.keys()) this.#endStep(step, event.at, "skip");
        break;
    }
  }
}

/** The stretches of a whole trace. */
export function attemptBars(events: readonly TraceEvent[]): readonly AttemptBar[] {
  const bars = new AttemptBars();
  bars.add(events);
  return bars.all;
}
