import type { TraceEvent } from "@drawbridge/interpreter";

export const eventKinds = ["all", "steps", "calls", "people", "failures"] as const;
export type EventKind = (typeof eventKinds)[number];

type Type = TraceEvent["type"];
const kinds: { readonly [Each in Type]: Exclude<EventKind, "all" | "failures"> } = {
  "run-started": "steps",
  "effect-sent": "calls",
  "effect-succeeded": "calls",
  "effect-failed": "calls",
  "timer-fired": "calls",
  "ask-answered": "people",
  "signal-received": "people",
  "child-started": "calls",
  "child-ended": "calls",
  "case-changed": "people",
  "cancel-requested": "people",
  "pause-requested": "people",
  "resume-requested": "people",
  "doubt-raised": "people",
  "doubt-decided": "people",
  "rerun-requested": "people",
  "attempt-started": "calls",
  "attempt-failed": "calls",
  "poll-scheduled": "calls",
  "items-expanded": "steps",
  "item-succeeded": "steps",
  "item-failed": "steps",
  "ask-opened": "people",
  "wait-started": "steps",
  "step-succeeded": "steps",
  "step-failed": "steps",
  "step-skipped": "steps",
  "step-in-doubt": "people",
  "run-succeeded": "steps",
  "run-failed": "steps",
  "run-cancelled": "steps",
  "run-paused": "people",
  "run-resumed": "people",
};
const failures: ReadonlySet<Type> = new Set(["effect-failed", "attempt-failed", "item-failed", "step-failed", "step-in-doubt", "doubt-raised", "run-failed"]);

/** Whether an entry of the trace is of a kind that one asks for. */
export const isOfKind = (event: TraceEvent, kind: EventKind): boolean => kind === "all" || (kind === "failures" ? failures.has(event.type) : kinds[event.type] === kind);
