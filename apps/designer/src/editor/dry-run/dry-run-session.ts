import type { Coverage, Covered, DryRun, DryRunHalt, DryRunOptions, DryRunResult, Scenario, ScenarioAnswer, ScenarioAnswers } from "@drawbridge/engine";
import { compile, type Plan, stepOf, type StepState, stepsOf } from "@drawbridge/interpreter";
import type { Json, Playbook } from "@drawbridge/playbook";
import { logicOutcome, loopsOf, runValues, valuesAt } from "../completion/run-values.ts";

type Named = { readonly [key: string]: Json };

/** What a dry run begins with. */
export interface DryRunSetup {
  readonly input: { readonly [key: string]: Json };
  readonly answers: { readonly [step: string]: ScenarioAnswers };
  /** Steps to what they return without doing their work. */
  readonly pins: Named;
  readonly haltOnError: boolean;
  readonly scenario: Pick<Scenario, "case" | "world" | "faults" | "signals" | "startAt" | "name" | "results"> | null;
}

/** What makes and measures a dry run; the libraries that it needs come with it, so that the editor opens without them. */
export interface DryRunTools {
  readonly make: (options: Omit<DryRunOptions, "integrations">) => DryRun;
  readonly coveredBy: (trace: DryRunResult["trace"]) => Covered;
  readonly coverage: (playbook: Playbook, covered: readonly Covered[]) => Coverage;
}

/** Steps to stand before; with a condition only when it holds then. */
export type Breakpoints = ReadonlyMap<string, Json | null>;

/** What a step is given or returns in this dry run in place of its own. */
export type Decision = { readonly input: Named } | { readonly output: Json };

const waiting: StepState = { status: "waiting", attempts: 0 };
const mostMoves = 20_000;
/** How long, in ms, a dry run goes on before the page is drawn. */
const slice = 24;

/** A dry run of the document as it was when it began. Answers and breakpoints given on the way replay it up to where it was: the same options give the same trace. */
export class DryRunSession {
  readonly playbook: Playbook;
  readonly #playbooks: ReadonlyMap<string, Playbook>;
  readonly tools: DryRunTools;
  readonly #plan: Plan;
  #setup: DryRunSetup;
  #breakpoints: Breakpoints;
  #inputs: { readonly [step: string]: Named } = {};
  #run: DryRun;
  #halt: DryRunHalt | null = null;
  #begun = false;

  constructor(tools: DryRunTools, playbook: Playbook, playbooks: ReadonlyMap<string, Playbook>, setup: DryRunSetup, breakpoints: Breakpoints) {
    this.playbook = playbook;
    this.#playbooks = playbooks;
    this.tools = tools;
    this.#plan = compile(playbook);
    this.#setup = setup;
    this.#breakpoints = breakpoints;
    this.#run = this.#made();
  }

  /** Why it stands; null while it can be stepped. */
  get halt(): DryRunHalt | null {
    return this.#halt;
  }

  get result(): DryRunResult | null {
    return this.#begun ? this.#run.result(this.#halt ?? undefined) : null;
  }

  stateOf(id: string): StepState {
    const { result } = this;
    return result ? stepOf(result.state, this.#plan, id) : waiting;
  }

  states(): ReadonlyMap<string, StepState> {
    const { result } = this;
    return new Map(result ? stepsOf(result.state, this.#plan) : []);
  }

  /** The asks that wait for the person. */
  asks(): readonly { readonly step: string; readonly state: StepState }[] {
    const { result } = this;
    const own = [...this.states()].flatMap(([step, state]) => (state.status === "asking" ? [{ step, state }] : []));
    const called = (result?.children ?? []).flatMap((child) => {
      const document = this.#playbooks.get(child.playbook);
      return document
        ? [...stepsOf(child.state, compile(document))].flatMap(([step, state]) => (state.status === "asking" ? [{ step: `${child.playbook}/${step}`, state }] : []))
        : [];
    });
    return [...own, ...called];
  }

  /** Goes on until a step has something new to show. */
  async step(): Promise<void> {
    this.#halt = null;
    const before = this.#length();
    for (let moves = 0; moves < mostMoves; moves += 1) {
      const more = await this.#run.next();
      this.#begun = true;
      if (!more) return this.#stand();
      if (this.#length() > before) return this.#notice();
    }
  }

  /** Goes on until a step of the playbook is over, called playbooks and all tries of it included. */
  async stepOver(onSlice: () => void): Promise<void> {
    const before = this.#over();
    await this.#go(onSlice, () => this.#over() > before);
  }

  /** Goes on to the next breakpoint, failure, an ask that has just opened, or the end. Going on from an ask without answering it lets its time pass. */
  async continue(onSlice: () => void): Promise<void> {
    await this.#go(onSlice, () => false);
  }

  /** Gives a step another input or output, and stands where it was. */
  async decide(step: string, decision: Decision): Promise<void> {
    if ("input" in decision) this.#inputs = { ...this.#inputs, [step]: decision.input };
    else this.#setup = { ...this.#setup, pins: { ...this.#setup.pins, [step]: decision.output } };
    const halt = this.#halt;
    await this.#replay();
    this.#halt = halt;
  }

  /** Answers an ask and stands where it was, the answer on its way. */
  async answer(step: string, answer: ScenarioAnswer): Promise<void> {
    this.#setup = { ...this.#setup, answers: { ...this.#setup.answers, [step]: answer } };
    await this.#replay();
  }

  /** Other breakpoints, at the same place of the run. */
  async breakAt(breakpoints: Breakpoints): Promise<void> {
    this.#breakpoints = breakpoints;
    const halt = this.#halt;
    if (this.#begun) await this.#replay();
    else this.#run = this.#made();
    this.#halt = halt?.reason === "breakpoint" && !breakpoints.has(halt.step) ? null : halt;
  }

  async #go(onSlice: () => void, done: () => boolean): Promise<void> {
    this.#halt = null;
    for (let since = performance.now(); ;) {
      const halt = await this.#run.move();
      this.#begun = true;
      this.#halt = halt && this.#standing(halt);
      if (this.#halt) return;
      if (done()) return this.#notice();
      if (performance.now() - since < slice) continue;
      onSlice();
      await new Promise((resolve) => setTimeout(resolve));
      since = performance.now();
    }
  }

  /** Why it stands there; null when the breakpoint's condition does not hold. */
  #standing(halt: DryRunHalt): DryRunHalt | null {
    if (halt.reason !== "breakpoint") return halt;
    const condition = this.#breakpoints.get(halt.step);
    if (condition !== undefined && (condition === null || this.#holds(halt.step, condition))) return halt;
    return this.playbook.steps[halt.step]?.kind === "ask" && !Object.hasOwn(this.#setup.answers, halt.step) ? { reason: "waiting" } : null;
  }

  #holds(step: string, condition: Json): boolean {
    const { result } = this;
    if (!result) return false;
    const values = valuesAt(runValues(result.state, this.#plan, "dry run", result.at), step, loopsOf(this.playbook.steps[step]));
    const outcome = logicOutcome({ "!!": [condition] }, values);
    return "value" in outcome && outcome.value === true;
  }

  #over(): number {
    return this.#begun ? this.#run.result().trace.filter(({ type }) => type === "step-succeeded" || type === "step-failed").length : 0;
  }

  #made(): DryRun {
    const { scenario, input, answers, pins, haltOnError } = this.#setup;
    return this.tools.make({
      playbook: this.playbook,
      playbooks: this.#playbooks,
      input,
      answers,
      pins,
      inputs: this.#inputs,
      haltOnError,
      breakpoints: new Set([
        ...this.#breakpoints.keys(),
        ...Object.entries(this.playbook.steps).flatMap(([id, step]) => (step.kind === "ask" && !Object.hasOwn(answers, id) ? [id] : [])),
      ]),
      ...(scenario?.case !== undefined && { case: scenario.case }),
      ...(scenario?.world !== undefined && { world: scenario.world }),
      ...(scenario?.results !== undefined && { results: scenario.results }),
      ...(scenario?.faults !== undefined && { faults: scenario.faults }),
      ...(scenario?.startAt !== undefined && { startAt: Date.parse(scenario.startAt) }),
    });
  }

  async #replay(): Promise<void> {
    const length = this.#length();
    const run = this.#made();
    this.#run = run;
    this.#halt = null;
    if (!this.#begun || !(await run.next())) return;
    for (let moves = 0; moves < mostMoves && this.#length() < length; moves += 1) if (!(await run.next())) break;
  }

  #length(): number {
    return this.#begun ? this.#run.result().trace.length : 0;
  }

  #notice(): void {
    const { result } = this;
    if (result && result.state.endedAt !== null) this.#halt = { reason: "ended" };
  }

  #stand(): void {
    this.#halt = { reason: this.result?.state.endedAt === null ? "waiting" : "ended" };
  }
}
