import type { DryRun, DryRunHalt, DryRunOptions, DryRunResult, Scenario, ScenarioAnswer, ScenarioAnswers } from "@drawbridge/engine";
import { compile, type Plan, stepOf, type StepState, stepsOf } from "@drawbridge/interpreter";
import type { Json, Playbook } from "@drawbridge/playbook";

/** What a dry run begins with. */
export interface DryRunSetup {
  readonly input: { readonly [key: string]: Json };
  readonly answers: { readonly [step: string]: ScenarioAnswers };
  readonly scenario: Pick<Scenario, "case" | "world" | "faults" | "signals" | "startAt" | "name"> | null;
}

/** Makes the run; the libraries that it needs come with it, so that the editor opens without them. */
export type DryRunMaker = (options: Omit<DryRunOptions, "integrations">) => DryRun;

const waiting: StepState = { status: "waiting", attempts: 0 };
const mostMoves = 20_000;

/** A dry run of the document as it was when it began. Answers and breakpoints given on the way replay it up to where it was: the same options give the same trace. */
export class DryRunSession {
  readonly playbook: Playbook;
  readonly #playbooks: ReadonlyMap<string, Playbook>;
  readonly #make: DryRunMaker;
  readonly #plan: Plan;
  #setup: DryRunSetup;
  #breakpoints: ReadonlySet<string>;
  #run: DryRun;
  #halt: DryRunHalt | null = null;
  #begun = false;

  constructor(make: DryRunMaker, playbook: Playbook, playbooks: ReadonlyMap<string, Playbook>, setup: DryRunSetup, breakpoints: ReadonlySet<string>) {
    this.playbook = playbook;
    this.#playbooks = playbooks;
    this.#make = make;
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

  /** Goes on to the next breakpoint, an ask that has just opened, or the end. Going on from an ask without answering it lets its time pass. */
  async continue(): Promise<void> {
    const halt = await this.#run.continue();
    this.#begun = true;
    this.#halt = halt.reason === "breakpoint" && !this.#breakpoints.has(halt.step) ? { reason: "waiting" } : halt;
  }

  /** Answers an ask and stands where it was, the answer on its way. */
  async answer(step: string, answer: ScenarioAnswer): Promise<void> {
    this.#setup = { ...this.#setup, answers: { ...this.#setup.answers, [step]: answer } };
    await this.#replay();
  }

  /** Other breakpoints, at the same place of the run. */
  async breakAt(breakpoints: ReadonlySet<string>): Promise<void> {
    this.#breakpoints = breakpoints;
    if (this.#begun) await this.#replay();
    else this.#run = this.#made();
  }

  #made(): DryRun {
    const { scenario, input, answers } = this.#setup;
    return this.#make({
      playbook: this.playbook,
      playbooks: this.#playbooks,
      input,
      answers,
      breakpoints: new Set([
        ...this.#breakpoints,
        ...Object.entries(this.playbook.steps).flatMap(([id, step]) => (step.kind === "ask" && !Object.hasOwn(answers, id) ? [id] : [])),
      ]),
      ...(scenario?.case !== undefined && { case: scenario.case }),
      ...(scenario?.world !== undefined && { world: scenario.world }),
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
