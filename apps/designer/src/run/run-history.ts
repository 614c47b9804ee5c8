import { foldOnto, type Plan, type Run, type TraceEvent } from "@drawbridge/interpreter";
import { type AttemptBar, AttemptBars } from "./attempt-bars.ts";

const markEvery = 256;

/** The trace of a run so far, what it comes to, and every so often what it came to then. */
export interface RunHistory {
  readonly plan: Plan;
  readonly events: readonly TraceEvent[];
  readonly run: Run | null;
  /** The run after each full `markEvery` entries. */
  readonly marks: readonly Run[];
  readonly bars: readonly AttemptBar[];
}

/** A history that grows with the trace: an entry costs the same however many came before it. */
export class GrowingHistory {
  readonly #plan: Plan;
  readonly #events: TraceEvent[] = [];
  readonly #marks: Run[] = [];
  readonly #bars = new AttemptBars();
  #run: Run | null = null;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  get length(): number {
    return this.#events.length;
  }

  add(fresh: readonly TraceEvent[]): void {
    for (let at = 0; at < fresh.length;) {
      const until = Math.min(fresh.length, at + markEvery - (this.#events.length % markEvery));
      const part = fresh.slice(at, until);
      this.#run = foldOnto(this.#plan, this.#run, part);
      this.#events.push(...part);
      if (this.#run && this.#events.length % markEvery === 0) this.#marks.push(this.#run);
      at = until;
    }
    this.#bars.add(fresh);
  }

  /** The history as it is by now; it does not grow any more. */
  soFar(): RunHistory {
    return { plan: this.#plan, events: [...this.#events], run: this.#run, marks: [...this.#marks], bars: [...this.#bars.all] };
  }
}

/** The run as it was after entry `seq`. */
export function runAt({ plan, events, run, marks }: RunHistory, seq: number): Run | null {
  if (seq >= events.length) return run;
  const full = Math.floor(seq / markEvery);
  const mark = full > 0 ? (marks[full - 1] ?? null) : null;
  return foldOnto(plan, mark, events.slice(mark ? full * markEvery : 0, seq));
}
