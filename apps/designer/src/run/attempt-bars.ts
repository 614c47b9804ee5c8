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

/** Every stretch of work and of waiting in a trace, in the order in which they began. */
export function attemptBars(events: readonly TraceEvent[]): readonly AttemptBar[] {
  const bars: AttemptBar[] = [];
  const open = new Map<string, Map<number | null, number>>();
  const begin = (bar: Omit<AttemptBar, "to" | "tone">) => {
    end(bar.step, bar.item, bar.from);
    const ofStep = open.get(bar.step) ?? new Map<number | null, number>();
    open.set(bar.step, ofStep.set(bar.item, bars.length));
    bars.push({ ...bar, to: null, tone: openTones[bar.kind] });
  };
  const end = (step: string, item: number | null, to: number, tone?: StatusTone, error?: RunError) => {
    const ofStep = open.get(step);
    const index = ofStep?.get(item);
    const bar = index === undefined ? undefined : bars[index];
    if (!bar || index === undefined) return;
    bars[index] = { ...bar, to, ...(tone && bar.kind !== "pause" && { tone }), ...(error && bar.kind === "attempt" && { error }) };
    ofStep?.delete(item);
  };
  const endStep = (step: string, at: number, tone: StatusTone, error?: RunError) => {
    for (const item of [...(open.get(step)?.keys() ?? [])]) end(step, item, at, tone, error);
  };
  for (const event of events) {
    switch (event.type) {
      case "attempt-started":
        begin({ step: event.step, kind: "attempt", attempt: event.attempt, item: event.item ?? null, from: event.at, input: event.input, effect: event.effect });
        break;
      case "attempt-failed":
        end(event.step, event.item ?? null, event.at, "fail", event.error);
        if (event.retryAt !== undefined) begin({ step: event.step, kind: "pause", attempt: null, item: event.item ?? null, from: event.at });
        break;
      case "poll-scheduled":
        end(event.step, event.item ?? null, event.at, "run");
        begin({ step: event.step, kind: "pause", attempt: null, item: event.item ?? null, from: event.at });
        break;
      case "ask-opened":
        begin({ step: event.step, kind: "ask", attempt: null, item: null, from: event.at });
        break;
      case "wait-started":
        begin({ step: event.step, kind: "wait", attempt: null, item: null, from: event.at });
        break;
      case "item-succeeded":
        end(event.step, event.item, event.at, event.error ? "skip" : "ok");
        break;
      case "item-failed":
        end(event.step, event.item, event.at, "fail", event.error);
        break;
      case "step-succeeded":
        endStep(event.step, event.at, "ok");
        break;
      case "step-failed":
        endStep(event.step, event.at, "fail", event.error);
        break;
      case "step-skipped":
        endStep(event.step, event.at, "skip");
        break;
      case "step-in-doubt":
        end(event.step, event.item ?? null, event.at, "doubt");
        break;
      case "run-succeeded":
      case "run-failed":
      case "run-cancelled":
        for (const step of open.keys()) endStep(step, event.at, "skip");
        break;
    }
  }
  return bars;
}
