import { fold, type Plan, type Run, type TraceEvent } from "@drawbridge/interpreter";

const markEvery = 256;

/** The trace of a run so far, what it comes to, and every so often what it came to then. */
export interface RunHistory {
  readonly plan: Plan;
  readonly events: readonly TraceEvent[];
  readonly run: Run | null;
  /** The run after each full `markEvery` entries. */
  readonly marks: readonly Run[];
}

export const emptyHistory = (plan: Plan): RunHistory => ({ plan, events: [], run: null, marks: [] });

/** The history with these entries after it. */
export function extended(history: RunHistory, fresh: readonly TraceEvent[]): RunHistory {
  const marks = [...history.marks];
  let run = history.run;
  let count = history.events.length;
  for (const event of fresh) {
    run = fold(history.plan, run, event);
    count += 1;
    if (count % markEvery === 0) marks.push(run);
  }
  return { plan: history.plan, events: [...history.events, ...fresh], run, marks };
}

/** The run as it was after entry `seq`. */
export function runAt({ plan, events, run, marks }: RunHistory, seq: number): Run | null {
  if (seq >= events.length) return run;
  const full = Math.floor(seq / markEvery);
  let past = full > 0 ? (marks[full - 1] ?? null) : null;
  for (const event of events.slice(past ? full * markEvery : 0, seq)) past = fold(plan, past, event);
  return past;
}
