import type { Json } from "@drawbridge/playbook";
import { type Plan, stepAt } from "../plan.ts";
import type { StepState } from "../run.ts";
import type { Cause, StandIn } from "../run-state.ts";
import type { Instead } from "../trace-event.ts";
import { count, enter, enterIfDue } from "./arrivals.ts";
import { isSettled } from "../settled.ts";
import { cellAt, changeCell, nextRound } from "./cells.ts";
import type { Draft } from "./draft.ts";
import { cancelAttempts } from "./settle.ts";

/** Starts over from the step: it and everything after it are as if never reached, what came before stays. What the run's end cut short elsewhere starts again too. */
export function rerun(draft: Draft, from: number, override: { readonly [key: string]: Json } | null, instead: { readonly [step: string]: Instead }): void {
  const { plan, run } = draft;
  const after = reach([from], (step) => stepAt(plan, step).ways.flatMap((way) => way.to));
  const before = reach([from], (step) => stepAt(plan, step).incoming.map((way) => way.step));
  const cut = run.cut.filter((step) => !after.has(step) && !before.has(step));
  const standIns = standInsOf(draft, instead);
  reopen(draft, new Set([...after, ...cut]));
  for (const step of [...after, ...cut]) reset(draft, step);
  for (const step of after) recount(draft, step, after);
  changeCell(draft, from, { override });
  for (const [step, standIn] of standIns) if (after.has(step) || cut.includes(step)) changeCell(draft, step, { standIn });
  enter(draft, from);
  for (const step of cut) enter(draft, step);
  for (const step of after) enterIfDue(draft, step);
}

/** What stands in for the work of steps, from what they came to before. */
function standInsOf({ plan, run }: Draft, instead: { readonly [step: string]: Instead }): ReadonlyMap<number, StandIn> {
  const found = new Map<number, StandIn>();
  for (const [id, how] of Object.entries(instead)) {
    const step = plan.indexes.get(id);
    if (step === undefined) continue;
    const { output, way } = cellAt(run, step).state;
    found.set(step, how === "skip" ? { how } : { how, output: output ?? null, way: way ?? null });
  }
  return found;
}

function reach(from: readonly number[], next: (step: number) => readonly number[]): Set<number> {
  const found = new Set(from);
  for (const step of found) for (const each of next(step)) found.add(each);
  return found;
}

function reopen(draft: Draft, again: ReadonlySet<number>): void {
  const { run } = draft;
  run.cut = [];
  run.error = null;
  run.outcome = null;
  run.outputs = {};
  if (run.endedAt !== null) run.status = "running";
  run.endedAt = null;
  if (run.verdict && again.has(run.verdict.step)) run.verdict = null;
}

function reset(draft: Draft, step: number): void {
  const cell = cellAt(draft.run, step);
  if (cell.entered && !isSettled(cell.state.status)) draft.run.active -= 1;
  cancelAttempts(draft, step);
  changeCell(draft, step, nextRound(cell));
}

/** Counts the ways in from steps that stay as they are. */
function recount(draft: Draft, step: number, resetting: ReadonlySet<number>): void {
  const { starts, incoming } = stepAt(draft.plan, step);
  const counts = { arrived: starts ? 1 : 0, gone: 0, cause: cellAt(draft.run, step).cause };
  for (const { step: source, way } of incoming) {
    const { state } = cellAt(draft.run, source);
    if (resetting.has(source) || !isSettled(state.status)) continue;
    const taken = state.way !== undefined && state.way === wayId(draft.plan, source, way);
    count(counts, taken ? null : (causeOf(draft.plan, state.because) ?? { step: source, way }));
  }
  changeCell(draft, step, counts);
}

function causeOf(plan: Plan, because: StepState["because"]): Cause | null {
  const step = because ? plan.indexes.get(because.step) : undefined;
  return because && step !== undefined ? { step, way: stepAt(plan, step).ways.findIndex((way) => way.id === because.way) } : null;
}

const wayId = (plan: Plan, step: number, way: number): string | undefined => stepAt(plan, step).ways[way]?.id;
