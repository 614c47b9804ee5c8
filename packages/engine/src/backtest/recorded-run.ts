import type { OpenAsk, RunInput, TraceEvent } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";

type InputOf<Type extends RunInput["type"]> = Extract<RunInput, { readonly type: Type }>;

/** What came back for an effect. */
export type Answer = InputOf<"effect-sent" | "effect-succeeded" | "effect-failed" | "ask-answered" | "child-started" | "child-ended" | "doubt-raised" | "doubt-decided">;

/** What people and cases did to the run, at a time of their own. */
export type Happening = InputOf<"signal-received" | "case-changed" | "cancel-requested" | "pause-requested" | "resume-requested" | "rerun-requested">;

/** Something that the run asked for: with what, and what came back how long after. */
export interface Asked {
  readonly effect: string;
  readonly step: string;
  readonly seq: number;
  readonly at: number;
  /** Of an attempt. */
  readonly input?: { readonly [key: string]: Json };
  readonly case?: string | null;
  /** Of an ask. */
  readonly ask?: OpenAsk;
  readonly answers: { readonly seq: number; readonly afterMs: number; readonly answer: Answer }[];
  /** Its time-out or limit passed so long after. */
  passedAfterMs: number | null;
}

/** A run's trace, as what the same run of another document can be given. */
export interface RecordedRun {
  readonly started: InputOf<"run-started">;
  readonly asked: ReadonlyMap<string, Asked>;
  readonly askedBy: ReadonlyMap<string, readonly Asked[]>;
  readonly happenings: readonly { readonly seq: number; readonly happening: Happening }[];
  readonly signals: ReadonlySet<string>;
  /** How much later than due a timer fired, ms. */
  readonly lateness: ReadonlyMap<string, number>;
  readonly lastAt: number;
  readonly ended: boolean;
  readonly trace: readonly TraceEvent[];
}

const answers: ReadonlySet<string> = new Set<Answer["type"]>([
  "effect-sent",
  "effect-succeeded",
  "effect-failed",
  "ask-answered",
  "child-started",
  "child-ended",
  "doubt-raised",
  "doubt-decided",
]);
const happenings: ReadonlySet<string> = new Set<Happening["type"]>([
  "signal-received",
  "case-changed",
  "cancel-requested",
  "pause-requested",
  "resume-requested",
  "rerun-requested",
]);
const ends: ReadonlySet<string> = new Set(["run-succeeded", "run-failed", "run-cancelled"]);
const bounds = /\/(?:timeout|limit)$/;

/** Reads a whole trace; null when it does not begin with `run-started`. */
export function recordedRun(trace: readonly TraceEvent[]): RecordedRun | null {
  const [started] = trace;
  if (started?.type !== "run-started") return null;
  const asked = new Map<string, Asked>();
  const askedBy = new Map<string, Asked[]>();
  const came: { seq: number; happening: Happening }[] = [];
  const due = new Map<string, number>();
  const lateness = new Map<string, number>();
  const ask = (entry: Asked): void => {
    asked.set(entry.effect, entry);
    const others = askedBy.get(entry.step);
    if (others) others.push(entry);
    else askedBy.set(entry.step, [entry]);
  };
  let ended = false;
  for (const event of trace) {
    const { seq, at } = event;
    if (happenings.has(event.type)) came.push({ seq, happening: event as Happening });
    else if (answers.has(event.type)) {
      const answer = event as Answer;
      const to = asked.get(answer.effect);
      to?.answers.push({ seq, afterMs: at - to.at, answer });
    } else if (event.type === "attempt-started")
      ask({
        effect: event.effect,
        step: event.step,
        seq,
        at,
        input: event.input,
        ...(event.case === undefined ? {} : { case: event.case }),
        answers: [],
        passedAfterMs: null,
      });
    else if (event.type === "ask-opened") {
      ask({ effect: event.effect, step: event.step, seq, at, ask: event.ask, answers: [], passedAfterMs: null });
      if (event.timer !== undefined && event.ask.until !== undefined) due.set(event.timer, event.ask.until);
    } else if (event.type === "wait-started") {
      ask({ effect: event.effect, step: event.step, seq, at, answers: [], passedAfterMs: null });
      if (event.until !== undefined) due.set(event.effect, event.until);
    } else if (event.type === "attempt-failed" && event.timer !== undefined) due.set(event.timer, event.retryAt ?? at);
    else if (event.type === "poll-scheduled") due.set(event.timer, event.nextAt);
    else if (event.type === "timer-fired") {
      const wanted = due.get(event.effect);
      if (wanted !== undefined) lateness.set(event.effect, Math.max(0, at - wanted));
      const bounded = bounds.test(event.effect) ? asked.get(event.effect.replace(bounds, "")) : undefined;
      if (bounded) bounded.passedAfterMs = at - bounded.at;
    }
    ended = ends.has(event.type) || (ended && event.type !== "rerun-requested");
  }
  const signals = new Set(came.flatMap(({ happening }) => (happening.type === "signal-received" ? [happening.signal] : [])));
  return { started, asked, askedBy, happenings: came, signals, lateness, lastAt: trace.at(-1)?.at ?? started.at, ended, trace };
}
