import { advance, answerProblem, compile, type Effect, effectsDue, type Plan, type Run, type RunInput, stepOf, type TraceEvent } from "@drawbridge/interpreter";
import type { Playbook } from "@drawbridge/playbook";
import { timerFired } from "../timer-fired.ts";
import { pathTaken } from "./path-taken.ts";
import { type Question, RecordedAnswers, type UnknownCode } from "./recorded-answers.ts";
import type { Asked, RecordedRun } from "./recorded-run.ts";

/** What an action does, as its integration declares it; null when nobody knows the action. */
export type FactsOf = (action: string) => { readonly effect: "reads" | "changes"; readonly repeatable: boolean } | null;

/** Where the draft asked for what the recorded run cannot answer. */
export interface Unknown {
  readonly step: string;
  readonly item?: number;
  readonly code: UnknownCode;
  readonly message: string;
}

export interface Replayed {
  readonly state: Run;
  readonly trace: readonly TraceEvent[];
  readonly unknown: readonly Unknown[];
  /** Steps that were given the answer to another input. */
  readonly assumed: readonly string[];
}

interface Later {
  readonly at: number;
  readonly order: number;
  /** What must still be known for it to happen. */
  readonly of: string | null;
  readonly input: (at: number) => RunInput;
  /** The place of a re-run in the recorded trace. */
  readonly rerun: number | null;
}

const messages: { readonly [Code in UnknownCode]: string } = {
  "not-asked": "The run never asked for this.",
  "asked-otherwise": "The run asked for something else here.",
  "no-answer": "The run had no answer to this.",
  hidden: "What the run did here is not shown to you.",
  "answer-refused": "The answer of then does not fit.",
};
const bounds = /\/(?:timeout|limit)$/;
/** A position after every recorded entry of the same time. */
const unrecorded = Number.MAX_SAFE_INTEGER / 2;

/** Goes through a draft with what a recorded run was given, on a clock that jumps. Nothing is invented: what has no recorded answer stays open. */
export class Replay {
  private readonly recorded: RecordedRun;
  private readonly plan: Plan;
  private readonly facts: FactsOf;
  private readonly hidden: ReadonlySet<string>;
  private readonly answers: RecordedAnswers;
  private readonly trace: TraceEvent[] = [];
  private readonly unknown = new Map<string, Unknown>();
  private readonly assumed = new Set<string>();
  /** How long nobody answered for certain, ms, by effect. */
  private readonly knownFor = new Map<string, number>();
  private readonly queue: Later[] = [];
  private orders = 0;
  private clock: number;
  private state: Run | null = null;

  constructor(draft: Playbook, recorded: RecordedRun, before: Playbook | null, facts: FactsOf, hidden: ReadonlySet<string>) {
    this.recorded = recorded;
    this.plan = compile(draft);
    this.facts = facts;
    this.hidden = hidden;
    this.answers = new RecordedAnswers(recorded, before, draft);
    this.clock = recorded.started.at;
  }

  /** Yields after each move, so that whoever drives it can do other things between. */
  *moves(): Generator<void, Replayed> {
    for (const { seq, happening } of this.recorded.happenings)
      this.schedule(happening.at, seq, null, (at) => ({ ...happening, at }), happening.type === "rerun-requested" ? seq : null);
    const { at, run, playbook, input, trigger, case: snapshot } = this.recorded.started;
    this.take({ type: "run-started", at, run, playbook, input, trigger, case: snapshot });
    for (let next = this.queue.shift(); next; next = this.queue.shift()) {
      yield;
      if (next.of !== null && this.unknown.has(next.of)) continue;
      this.clock = Math.max(this.clock, next.at);
      const given = next.input(this.clock);
      if (this.mayHappen(given, next.rerun)) this.take(given);
    }
    const state = this.state as Run | null;
    if (!state) throw new Error("a replay begins with run-started");
    if (state.endedAt === null) for (const effect of effectsDue(this.plan, state)) if (effect.type !== "start-timer" && "step" in effect) this.note(effect, "no-answer");
    return { state, trace: this.trace, unknown: [...this.unknown.values()], assumed: [...this.assumed] };
  }

  private take(input: RunInput): void {
    const [state, effects, trace] = advance(this.plan, this.state, input);
    this.state = state;
    for (const event of trace) this.trace.push(event);
    for (const effect of effects) (this.starters[effect.type] as (effect: Effect) => void)(effect);
  }

  /** A re-run is for a step that stands as it stood when somebody ran it again; an answer must fit the draft's ask. */
  private mayHappen(input: RunInput, rerun: number | null): boolean {
    if (!this.state) return false;
    if (input.type === "rerun-requested" && rerun !== null) {
      const then = pathTaken(this.recorded.trace.slice(0, rerun - 1)).steps.get(input.step);
      const now = stepOf(this.state, this.plan, input.step);
      return now.status === then?.status && (now.way ?? null) === then.way;
    }
    if (input.type !== "ask-answered") return true;
    const problem = answerProblem(this.plan, this.state, input.effect, input.answer, input.values);
    if (problem === null || problem.code === "ask-not-open") return true;
    const step = input.effect.split("/").at(-2) ?? "";
    this.unknown.set(input.effect, { step, code: "answer-refused", message: `${messages["answer-refused"]} ${problem.message}` });
    return false;
  }

  private readonly starters: { readonly [Type in Effect["type"]]: (effect: Effect & { readonly type: Type }) => void } = {
    "call-action": (effect) => this.ask(effect, this.facts(effect.action)?.effect !== "reads"),
    "run-script": (effect) => this.ask(effect, false),
    "start-run": (effect) => this.ask(effect, false),
    "open-ask": (effect) => this.ask(effect, false),
    "await-signal": (effect) => void this.knownFor.set(effect.id, this.recorded.lastAt - this.clock),
    "start-timer": ({ id, at }) => this.startTimer(id, at),
    "cancel-effect": () => undefined,
    "cancel-run": () => undefined,
  };

  private ask(question: Question, changes: boolean): void {
    if (this.hidden.has(question.step)) return this.note(question, "hidden");
    const found = this.answers.answerTo(question, changes);
    if ("unknown" in found) return this.note(question, found.unknown);
    if (found.assumed) this.assumed.add(question.step);
    this.knownFor.set(question.id, this.certainFor(found.asked));
    const opened = this.clock;
    for (const { seq, afterMs, answer } of found.asked.answers) this.schedule(opened + afterMs, seq, question.id, (at) => ({ ...answer, at, effect: question.id }));
  }

  /** Once answered, everything is known; else as long as the run waited. */
  private certainFor({ answers, passedAfterMs, at }: Asked): number {
    return answers.some(({ answer }) => answer.type !== "effect-sent") ? Number.POSITIVE_INFINITY : (passedAfterMs ?? this.recorded.lastAt - at);
  }

  private startTimer(id: string, due: number): void {
    const of = bounds.test(id) ? id.replace(bounds, "") : null;
    const lasts = of === null ? Number.POSITIVE_INFINITY : (this.knownFor.get(of) ?? -1);
    if (of !== null && due - this.clock > lasts) return;
    const late = this.recorded.lateness.get(id) ?? 0;
    this.schedule(due + late, unrecorded, of, (at) => timerFired(this.state, id, at, { facts: this.facts }));
  }

  private note(effect: { readonly id: string; readonly step: string; readonly item?: number }, code: UnknownCode): void {
    if (this.unknown.has(effect.id)) return;
    this.unknown.set(effect.id, { step: effect.step, ...(effect.item === undefined ? {} : { item: effect.item }), code, message: messages[code] });
  }

  private schedule(at: number, seq: number, of: string | null, input: (at: number) => RunInput, rerun: number | null = null): void {
    const order = seq === unrecorded ? unrecorded + (this.orders += 1) : seq;
    let low = 0;
    for (let high = this.queue.length; low < high;) {
      const middle = (low + high) >>> 1;
      const other = this.queue[middle];
      if (other && (other.at < at || (other.at === at && other.order < order))) low = middle + 1;
      else high = middle;
    }
    this.queue.splice(low, 0, { at, order, of, input, rerun });
  }
}
