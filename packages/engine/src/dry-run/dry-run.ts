import type { Integration } from "@drawbridge/integration-kit";
import {
  advance,
  answerProblem,
  type CallActionEffect,
  compile,
  type Effect,
  type OpenAskEffect,
  type Plan,
  type Run,
  type RunInput,
  type RunScriptEffect,
  type StartRunEffect,
  type TraceEvent,
  type Trigger,
} from "@drawbridge/interpreter";
import { durationMs, type Json, type Playbook } from "@drawbridge/playbook";
import { callFailed, failureOf } from "../failure.ts";
import { inputProblem } from "../input-problem.ts";
import type { ScenarioAnswer, ScenarioAnswers, ScenarioFault, ScenarioResults } from "../scenario/scenario.ts";
import { runScriptHere } from "../script/run-script-here.ts";
import { DryWorld } from "./dry-world.ts";
import { RecordedResults } from "./recorded-results.ts";

type Named = { readonly [key: string]: Json };

export interface DryRunOptions {
  readonly playbook: Playbook;
  /** Playbooks that it may call, by id. */
  readonly playbooks?: ReadonlyMap<string, Playbook>;
  readonly integrations: readonly Integration[];
  readonly input?: Named;
  readonly trigger?: Trigger;
  /** The case snapshot that the run begins with. */
  readonly case?: Json;
  /** Connection or integration id to what its simulator begins with. */
  readonly world?: Named;
  readonly faults?: readonly ScenarioFault[];
  /** Step id, or `playbook/step` for a called playbook, to the answer. */
  readonly answers?: { readonly [step: string]: ScenarioAnswers };
  readonly signals?: readonly { readonly signal: string; readonly data?: Json; readonly afterMs: number }[];
  /** Epoch ms at which the virtual clock starts. */
  readonly startAt?: number;
  /** Steps of the playbook before whose outside work `continue` halts. */
  readonly breakpoints?: Iterable<string>;
  /** Steps of the playbook to what they return without doing their work: actions, scripts, calls. Of a loop over a list, item by item. */
  readonly pins?: Named;
  /** Steps of the playbook to what their work is given in place of their own input. */
  readonly inputs?: { readonly [step: string]: Named };
  /** Step id, or `playbook/step` for a called playbook, to what its tries come to, in order, in place of what a simulator would answer. */
  readonly results?: ScenarioResults;
  /** Whether `continue` also halts when a step of the playbook fails. */
  readonly haltOnError?: boolean;
  readonly onEvents?: (run: string, events: readonly TraceEvent[]) => void;
  /** Turns, calls and timers that it may take in all. */
  readonly maxMoves?: number;
}

/** `waiting`: nothing is left to do but asks without an answer and signals that never come. */
export type DryRunHalt = { readonly reason: "ended" | "waiting" | "out-of-moves" } | { readonly reason: "breakpoint" | "failure"; readonly step: string };

export interface DryRunOf {
  readonly run: string;
  readonly playbook: string;
  readonly parent: { readonly run: string; readonly step: string } | null;
  readonly state: Run;
  readonly trace: readonly TraceEvent[];
}

export interface DryRunResult extends DryRunOf {
  readonly halt: DryRunHalt;
  readonly children: readonly DryRunOf[];
  readonly world: Named;
  /** What the `cases` simulator holds. */
  readonly cases: readonly Json[];
  /** What of the answers given did not fit. */
  readonly problems: readonly string[];
  /** The virtual time at the end, epoch ms. */
  readonly at: number;
}

/** When the virtual clock starts unless told otherwise: 2025-01-06T09:00:00Z. */
export const dryRunStart = Date.UTC(2025, 0, 6, 9);

interface Member {
  readonly id: string;
  readonly playbook: string;
  readonly plan: Plan;
  readonly parent: { readonly run: string; readonly step: string; readonly effect: string } | null;
  state: Run | null;
  readonly trace: TraceEvent[];
  children: number;
}

interface Later {
  readonly at: number;
  readonly order: number;
  readonly effect: string;
  readonly run: string;
  readonly input: (at: number) => RunInput;
}

/** A run in memory against simulators, on a clock that jumps to what is next; the same options give the same trace. */
export class DryRun {
  private readonly options: DryRunOptions;
  private readonly world: DryWorld;
  private readonly members = new Map<string, Member>();
  private readonly main: Member;
  private readonly inbox: { readonly run: string; readonly input: (at: number) => RunInput }[] = [];
  private readonly calls: { readonly member: Member; readonly effect: Work }[] = [];
  private readonly asked = new Map<string, number>();
  private readonly results: RecordedResults;
  private readonly problems: string[] = [];
  private readonly breakpoints: Set<string>;
  private readonly plans = new Map<string, Plan>();
  private later: Later[] = [];
  private order = 0;
  private moves = 0;
  private clock: number;
  private broken: DryRunHalt | null = null;

  constructor(options: DryRunOptions) {
    this.options = options;
    this.clock = options.startAt ?? dryRunStart;
    this.world = new DryWorld(options.integrations, options.world ?? {}, options.faults ?? [], () => this.clock);
    this.problems.push(...this.world.problems);
    this.breakpoints = new Set(options.breakpoints);
    this.results = new RecordedResults(options.results ?? {});
    const problem = inputProblem(options.playbook, options.input ?? {});
    if (problem) this.problems.push(`input ${problem.pointer}: ${problem.message}`);
    this.main = this.add("dry-run", options.playbook, null, options.input ?? {}, options.trigger ?? { kind: "dry-run" }, options.case ?? null);
    for (const { signal, data, afterMs } of options.signals ?? [])
      this.schedule(`signal/${signal}`, this.main.id, this.clock + afterMs, (at) => ({ type: "signal-received", at, signal, data: data ?? null }));
  }

  /** The next move: an input taken in, a call made, or the clock set forward. False when there is nothing left to do. */
  async next(): Promise<boolean> {
    this.moves += 1;
    const given = this.inbox.shift();
    if (given) {
      this.take(given.run, given.input(this.clock));
      return true;
    }
    const call = this.calls.shift();
    if (call) {
      await this.carryOut(call.member, call.effect);
      return true;
    }
    const first = this.later.shift();
    if (!first || this.ended()) return false;
    this.clock = Math.max(this.clock, first.at);
    this.inbox.push({ run: first.run, input: first.input });
    return true;
  }

  /** Goes on to the next breakpoint, failure or the end. */
  async continue(): Promise<DryRunHalt> {
    for (;;) {
      const halt = await this.move();
      if (halt) return halt;
    }
  }

  /** One move of `continue`: why it halts after it, null when it goes on. */
  async move(): Promise<DryRunHalt | null> {
    if (this.moves >= (this.options.maxMoves ?? 100_000)) return { reason: "out-of-moves" };
    this.broken = null;
    const more = await this.next();
    return this.broken ?? (more ? null : { reason: this.ended() ? "ended" : "waiting" });
  }

  /** Where it stands. */
  result(halt: DryRunHalt = { reason: this.ended() ? "ended" : "waiting" }): DryRunResult {
    const world = this.world.state();
    const kept = world["cases"];
    const cases = typeof kept === "object" && kept !== null && "cases" in kept && Array.isArray(kept.cases) ? (kept.cases as Json[]) : [];
    const [main, ...children] = [...this.members.values()].flatMap((member) => {
      const { id, playbook, parent, state, trace } = member;
      return state ? [{ run: id, playbook, parent: parent && { run: parent.run, step: parent.step }, state, trace }] : [];
    });
    if (!main) throw new Error("a dry run has no state before its first move");
    return { ...main, halt, children, world, cases, problems: this.problems, at: this.clock };
  }

  private ended(): boolean {
    return [...this.members.values()].every((member) => typeof member.state?.endedAt === "number");
  }

  private add(id: string, playbook: Playbook, parent: Member["parent"], input: Named, trigger: Trigger, snapshot: Json): Member {
    const plan = this.plans.get(playbook.id) ?? compile(playbook);
    this.plans.set(playbook.id, plan);
    const member: Member = { id, playbook: playbook.id, plan, parent, state: null, trace: [], children: 0 };
    this.members.set(id, member);
    this.give(id, (at) => ({ type: "run-started", at, run: id, playbook: { id: playbook.id, version: 1 }, input, trigger, case: snapshot }));
    return member;
  }

  private give(run: string, input: (at: number) => RunInput): void {
    this.inbox.push({ run, input });
  }

  private take(id: string, input: RunInput): void {
    const member = this.members.get(id);
    if (!member) return;
    if (input.type === "ask-answered" && member.state) {
      const problem = answerProblem(member.plan, member.state, input.effect, input.answer, input.values);
      if (problem && problem.code !== "ask-not-open") this.problems.push(`answer to ${input.effect.split("/")[1] ?? input.effect}: ${problem.message}`);
    }
    const [state, effects, trace] = advance(member.plan, member.state, input);
    const before = member.state;
    member.state = state;
    for (const event of trace) member.trace.push(event);
    if (trace.length > 0) this.options.onEvents?.(id, trace);
    for (const effect of effects) (this.starters[effect.type] as (member: Member, effect: Effect) => void)(member, effect);
    if (member === this.main) this.broken = this.haltAfter(effects, trace);
    if (state.endedAt !== null && typeof before?.endedAt !== "number") this.tellParent(member, state);
  }

  private haltAfter(effects: readonly Effect[], trace: readonly TraceEvent[]): DryRunHalt | null {
    const failed = this.options.haltOnError ? trace.find((event) => event.type === "step-failed") : undefined;
    if (failed) return { reason: "failure", step: failed.step };
    const before = effects.findLast((effect) => "step" in effect && this.breakpoints.has(effect.step));
    return before && "step" in before ? { reason: "breakpoint", step: before.step } : null;
  }

  private tellParent({ id, parent }: Member, { status, outputs, error }: Run): void {
    if (!parent || status === "running" || status === "paused") return;
    this.give(parent.run, (at) => ({ type: "child-ended", at, effect: parent.effect, run: id, status, outputs, ...(error ? { error } : {}) }));
  }

  private readonly starters: { readonly [Type in Effect["type"]]: (member: Member, effect: Effect & { readonly type: Type }) => void } = {
    "call-action": (member, effect) => void this.calls.push({ member, effect }),
    "run-script": (member, effect) => void this.calls.push({ member, effect }),
    "start-run": (member, effect) => void this.calls.push({ member, effect }),
    "start-timer": (member, effect) => this.schedule(effect.id, member.id, effect.at, (at) => ({ type: "timer-fired", at, effect: effect.id })),
    "open-ask": (member, effect) => this.answer(member, effect),
    "await-signal": () => undefined,
    "cancel-effect": (_member, { target }) => {
      this.later = this.later.filter((each) => each.effect !== target);
      const index = this.calls.findIndex((each) => each.effect.id === target);
      if (index !== -1) this.calls.splice(index, 1);
    },
    "cancel-run": (member, { target }) => this.give(target, (at) => ({ type: "cancel-requested", at, by: `run:${member.id}` })),
  };

  private schedule(effect: string, run: string, at: number, input: (at: number) => RunInput): void {
    const entry = { at, order: (this.order += 1), effect, run, input };
    const index = this.later.findIndex((each) => each.at > at);
    if (index === -1) this.later.push(entry);
    else this.later.splice(index, 0, entry);
  }

  private answer(member: Member, { id, step, ask }: OpenAskEffect): void {
    const answer = this.answerFor(member === this.main ? step : `${member.playbook}/${step}`);
    if (!answer) return;
    const by = answer.by ?? ask.to.people?.[0] ?? "dry-run";
    const afterMs = answer.after === undefined ? 0 : (durationMs(answer.after) ?? 0);
    this.schedule(id, member.id, this.clock + afterMs, (at) => ({ type: "ask-answered", at, effect: id, answer: answer.answer, values: answer.values ?? {}, by }));
  }

  /** The answer to the ask when it is asked this time; a list's last one holds from then on. */
  private answerFor(key: string): ScenarioAnswer | null {
    const times = this.asked.get(key) ?? 0;
    this.asked.set(key, times + 1);
    const given = this.options.answers && Object.hasOwn(this.options.answers, key) ? this.options.answers[key] : undefined;
    const one = Array.isArray(given) ? given[Math.min(times, given.length - 1)] : given;
    return one === undefined || one === "none" ? null : (one as ScenarioAnswer);
  }

  private async carryOut(member: Member, effect: Work): Promise<void> {
    const own = member === this.main;
    const pin = own ? pinnedOutput(this.options.pins, effect) : undefined;
    if (pin !== undefined) return this.givePinned(member.id, effect, pin);
    const recorded = this.results.next(own ? effect.step : `${member.playbook}/${effect.step}`, effect);
    if (recorded) return this.give(member.id, (at) => recorded(at, `${member.id}.recorded`));
    return this.carryOutFor(member, own ? withInput(effect, this.options.inputs) : effect);
  }

  private givePinned(run: string, { type, id: effect }: Work, output: Json): void {
    if (type !== "start-run") return this.give(run, (at) => ({ type: "effect-succeeded", at, effect, output }));
    const outputs = typeof output === "object" && output !== null && !Array.isArray(output) ? (output as Named) : { output };
    this.give(run, (at) => ({ type: "child-ended", at, effect, run: `${run}.pinned`, status: "succeeded", outputs }));
  }

  private async carryOutFor(member: Member, effect: Work): Promise<void> {
    try {
      if (effect.type === "start-run") return await this.startChild(member, effect);
      const result = effect.type === "run-script" ? { output: await runScriptHere(effect.source, effect.input, this.clock, effect.timeoutMs) } : await this.call(member, effect);
      this.give(member.id, (at) => ({ type: "effect-succeeded", at, effect: effect.id, ...result }));
    } catch (error) {
      this.give(member.id, (at) =>
        effect.type === "call-action" ? callFailed(effect, error, this.world.facts(effect.action), at) : { type: "effect-failed", at, effect: effect.id, ...failureOf(error) },
      );
    }
  }

  private call(member: Member, effect: CallActionEffect): Promise<{ readonly output: Json; readonly case?: Json }> {
    const snapshot = member.state?.case ?? null;
    const caseId = typeof snapshot === "object" && snapshot !== null && "id" in snapshot && typeof snapshot.id === "string" ? snapshot.id : null;
    return this.world.call(effect, { id: member.id, playbook: member.playbook, step: effect.step }, caseId);
  }

  private async startChild(member: Member, effect: StartRunEffect): Promise<void> {
    const called = this.options.playbooks?.get(effect.playbook) ?? (effect.playbook === this.options.playbook.id ? this.options.playbook : undefined);
    const refuse = (code: string, message: string): void =>
      this.give(member.id, (at) => ({ type: "effect-failed", at, effect: effect.id, error: { code, message, retryable: false } }));
    if (!called) return refuse("unknown-playbook", `There is no playbook "${effect.playbook}".`);
    if (member.id.split(".").length > 20) return refuse("call-too-deep", "Playbooks call each other more than 20 deep.");
    const wrong = inputProblem(called, effect.input);
    if (wrong) return refuse("invalid-input", wrong.message);
    const snapshot = effect.case === null ? null : await this.world.caseSnapshot(effect.case);
    member.children += 1;
    const parent = { run: member.id, step: effect.step, effect: effect.id };
    const child = this.add(`${member.id}.${member.children}`, called, parent, effect.input, { kind: "call", parent: { run: member.id, step: effect.step } }, snapshot);
    this.give(member.id, (at) => ({ type: "child-started", at, effect: effect.id, run: child.id }));
  }
}

type Work = CallActionEffect | RunScriptEffect | StartRunEffect;

function pinnedOutput(pins: Named | undefined, effect: Work): Json | undefined {
  const pin = pins && Object.hasOwn(pins, effect.step) ? pins[effect.step] : undefined;
  return Array.isArray(pin) && "item" in effect && effect.item !== undefined ? ((pin as readonly Json[])[effect.item] ?? null) : pin;
}

const withInput = (effect: Work, inputs: DryRunOptions["inputs"]): Work => {
  const input = inputs && Object.hasOwn(inputs, effect.step) ? inputs[effect.step] : undefined;
  return input === undefined ? effect : { ...effect, input };
};

/** Runs to the end, without breakpoints. */
export async function dryRun(options: Omit<DryRunOptions, "breakpoints">): Promise<DryRunResult> {
  const run = new DryRun(options);
  return run.result(await run.continue());
}
