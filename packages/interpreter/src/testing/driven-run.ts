import type { Json, Playbook } from "@drawbridge/playbook";
import { expect } from "vitest";
import { advance, compile, type Effect, fold, type ItemState, itemsOf, type Plan, type Run, type RunInput, stepOf, type StepState, type TraceEvent } from "../index.ts";

type Timeless<Input> = Input extends unknown ? Omit<Input, "at"> : never;

/** A run that a test drives by hand; checks after each input that the trace's fold is the live state and that nothing was changed in place. */
export class DrivenRun {
  readonly plan: Plan;
  run: Run;
  trace: readonly TraceEvent[] = [];
  effects: readonly Effect[] = [];
  now = Date.UTC(2026, 2, 1, 9);

  constructor(playbook: Playbook, input: { readonly [key: string]: Json } = {}, caseSnapshot: Json = null) {
    this.plan = compile(playbook);
    const started: RunInput = {
      type: "run-started",
      at: this.now,
      run: "run-1",
      playbook: { id: playbook.id, version: 1 },
      input,
      trigger: { kind: "manual", by: "ana@qrst.example" },
      case: caseSnapshot,
    };
    this.run = this.take(null, started);
  }

  /** Gives the run an input; returns the effects that it asks for. */
  give(input: Timeless<RunInput>): readonly Effect[] {
    this.run = this.take(this.run, { at: this.now, ...input } as RunInput);
    return this.effects;
  }

  /** The awaited action, script or call of the step (or its item) succeeds. */
  succeed(step: string, output: Json = null): readonly Effect[] {
    return this.give({ type: "effect-succeeded", effect: this.effectOf(step), output });
  }

  /** The awaited attempt fails. */
  fail(step: string, error: { readonly code?: string; readonly retryable?: boolean } = {}, retryAfterMs?: number): readonly Effect[] {
    const full = { code: error.code ?? "vendor-refused", message: "The vendor refused.", retryable: error.retryable ?? false };
    return this.give({ type: "effect-failed", effect: this.effectOf(step), error: full, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
  }

  /** The timer of this purpose goes off, at its time. */
  fire(id: string, at?: number): readonly Effect[] {
    if (at !== undefined) this.now = at;
    return this.give({ type: "timer-fired", effect: id });
  }

  /** `step` or `step[3]`. */
  effectOf(name: string): string {
    const [, id = name, item] = /^(.+)\[(\d+)\]$/.exec(name) ?? [];
    const effect = item === undefined ? this.step(id).effect : this.items(id)[Number(item)]?.effect;
    if (effect === undefined) throw new Error(`${name} waits for nothing; it is ${this.step(id).status}`);
    return effect;
  }

  step(id: string): StepState {
    return stepOf(this.run, this.plan, id);
  }

  items(id: string): ItemState[] {
    return itemsOf(this.run, this.plan, id, 0, 1_000_000);
  }

  /** The steps' statuses, in the playbook's order. */
  statuses(): { readonly [id: string]: string } {
    return Object.fromEntries(this.plan.steps.map(({ id }) => [id, this.step(id).status]));
  }

  private take(run: Run | null, input: RunInput): Run {
    deepFreeze(run);
    const [next, effects, trace] = advance(this.plan, run, input);
    this.effects = effects;
    this.trace = [...this.trace, ...trace];
    let folded = run;
    for (const event of trace) folded = JSON.parse(JSON.stringify(fold(this.plan, folded, JSON.parse(JSON.stringify(event)) as TraceEvent))) as Run;
    expect(folded).toStrictEqual(next);
    expect(trace.map((event) => event.seq)).toEqual(trace.map((_event, index) => (run?.seq ?? 0) + 1 + index));
    return next;
  }
}

/** Freezes a value and all that it holds. */
export function deepFreeze<Value>(value: Value): Value {
  const open: unknown[] = [value];
  for (let each = open.pop(); open.length > 0 || each !== undefined; each = open.pop()) {
    if (typeof each !== "object" || each === null || Object.isFrozen(each)) continue;
    Object.freeze(each);
    open.push(...Object.values(each));
  }
  return value;
}
