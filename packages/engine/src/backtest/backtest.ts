import type { TraceEvent } from "@drawbridge/interpreter";
import type { Playbook } from "@drawbridge/playbook";
import { inputProblem } from "../input-problem.ts";
import { type ChangedCalls, changedCalls } from "./changing-calls.ts";
import { type Parting, partingOf } from "./parting.ts";
import { type EndOf, pathTaken } from "./path-taken.ts";
import { type RecordedRun, recordedRun } from "./recorded-run.ts";
import { type FactsOf, Replay, type Replayed, type Unknown } from "./replay.ts";

/** How a recorded run would go with another document. `unknown`: the same as far as anyone can know. */
export interface Backtest {
  readonly run: string;
  readonly playbook: { readonly id: string; readonly version: number };
  /** ISO 8601. */
  readonly startedAt: string;
  readonly verdict: "same" | "other" | "unknown";
  readonly parting: Parting | null;
  readonly calls: ChangedCalls;
  readonly unknown: readonly Unknown[];
  /** Steps that were given the recorded answer to another input, as if it were the same. */
  readonly assumed: readonly string[];
  readonly before: EndOf;
  readonly now: EndOf | NotStarted;
}

/** The draft refuses the run's input. */
export interface NotStarted {
  readonly status: "not-started";
  readonly outcome: null;
  readonly errorCode: "invalid-input";
  readonly step: null;
  readonly message: string;
}

export interface BacktestOptions {
  readonly draft: Playbook;
  readonly trace: readonly TraceEvent[];
  /** The document that the run ran; without it, what steps of other documents called is not known. */
  readonly before: Playbook | null;
  readonly facts: FactsOf;
  /** Steps of which the trace tells nothing, since whoever asks may not know of them; nothing is compared there. */
  readonly hidden?: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/** What comes of a backtest, with the trace that the draft would have made; null when there is none to compare. */
export interface Backtested {
  readonly backtest: Backtest;
  readonly trace: readonly TraceEvent[];
}

/** The backtest of one run, a move at a time, so that a server can do other things between; null when the trace is none. */
export function* backtesting({ draft, trace, before, facts, hidden = none }: BacktestOptions): Generator<void, Backtested | null> {
  const recorded = recordedRun(trace);
  if (!recorded) return null;
  const problem = inputProblem(draft, recorded.started.input);
  if (problem) return { backtest: notStarted(recorded, problem.message), trace: [] };
  const replayed = yield* new Replay(draft, recorded, before, facts, hidden).moves();
  return { backtest: compared({ draft, before, facts, hidden }, recorded, replayed), trace: replayed.trace };
}

/** The same at once. */
export function backtest(options: BacktestOptions): Backtested | null {
  const moves = backtesting(options);
  for (let move = moves.next(); ; move = moves.next()) if (move.done) return move.value;
}

function compared({ draft, before, facts, hidden }: Required<Omit<BacktestOptions, "trace">>, recorded: RecordedRun, replayed: Replayed): Backtest {
  const then = { trace: recorded.trace, path: pathTaken(recorded.trace), playbook: before };
  const shown = replayed.trace.filter((event) => !("step" in event && event.step !== null && hidden.has(event.step)));
  const now = { trace: shown, path: pathTaken(shown), playbook: draft };
  const parting = partingOf({ before: then, now });
  const calls = changedCalls(then, now, facts);
  const parts = parting !== null || calls.newly.length + calls.noLonger.length > 0;
  const { unknown, assumed } = replayed;
  return { ...factsOf(recorded), verdict: parts ? "other" : unknown.length > 0 ? "unknown" : "same", parting, calls, unknown, assumed, before: then.path.end, now: now.path.end };
}

function factsOf({ started }: RecordedRun): Pick<Backtest, "run" | "playbook" | "startedAt"> {
  return { run: started.run, playbook: started.playbook, startedAt: new Date(started.at).toISOString() };
}

function notStarted(recorded: RecordedRun, message: string): Backtest {
  const absent = { status: "absent", way: null } as const;
  return {
    ...factsOf(recorded),
    verdict: "other",
    parting: { step: null, what: "other-end", before: absent, now: absent },
    calls: { newly: [], noLonger: [], otherInput: [] },
    unknown: [],
    assumed: [],
    before: pathTaken(recorded.trace).end,
    now: { status: "not-started", outcome: null, errorCode: "invalid-input", step: null, message },
  };
}
