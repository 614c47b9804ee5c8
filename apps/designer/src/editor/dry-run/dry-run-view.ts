import type { Coverage, Covered, DryRunHalt } from "@drawbridge/engine";
import type { StepState, TraceEvent } from "@drawbridge/interpreter";
import type { Json, Playbook } from "@drawbridge/playbook";
import type { EdgeState, StepView } from "../../canvas/step-view.ts";
import { edgeStateOf, stepViewOf } from "../../run/step-views.ts";
import type { DryRunSession } from "./dry-run-session.ts";

/** How steps and connections look while a dry run, or what dry runs took so far, is drawn. */
export interface Drawing {
  readonly stepViews: (id: string) => StepView | undefined;
  readonly edgeState: (from: string, way: string, to: string) => EdgeState | undefined;
}

/** A moment of a dry run, for showing. */
export interface DryRunView extends Drawing {
  readonly status: string;
  readonly halt: DryRunHalt | null;
  readonly outcome: string | null;
  readonly error: string | null;
  readonly trace: readonly TraceEvent[];
  readonly states: ReadonlyMap<string, StepState>;
  readonly asks: readonly { readonly step: string; readonly state: StepState }[];
  readonly problems: readonly string[];
}

/** What the dry runs of this document took so far. */
export interface CoverageView extends Drawing, Coverage {
  readonly runs: number;
}

const waiting: StepState = { status: "waiting", attempts: 0 };

/** Where the dry run stands; null before its first move. */
export function viewOf(session: DryRunSession, pins: { readonly [step: string]: Json }): DryRunView | null {
  const { result, playbook } = session;
  if (!result) return null;
  const states = session.states();
  const stateOf = (id: string) => states.get(id) ?? waiting;
  const viewOfStep = (id: string): StepView => {
    const view = stepViewOf(playbook, id, stateOf(id), stateOf, result.at);
    return Object.hasOwn(pins, id) && view.status === "succeeded" ? { ...view, word: "Pinned" } : view;
  };
  const views = new Map(Object.keys(playbook.steps).map((id) => [id, viewOfStep(id)]));
  return {
    status: result.state.status,
    halt: session.halt,
    outcome: result.state.outcome,
    error: result.state.error?.message ?? null,
    trace: [...result.trace],
    states,
    asks: session.asks(),
    problems: [...result.problems],
    stepViews: (id) => views.get(id),
    edgeState: edgeStateOf(playbook, new Set(), stateOf),
  };
}

/** The coverage of these runs, and its tint. */
export function coverageView(playbook: Playbook, covered: readonly Covered[], measured: Coverage): CoverageView {
  const times = new Map<string, number>();
  for (const { steps } of covered) for (const id of steps) times.set(id, (times.get(id) ?? 0) + 1);
  const ways = new Set(covered.flatMap((each) => each.ways));
  const views = new Map(
    Object.keys(playbook.steps).map((id): [string, StepView] => {
      const count = times.get(id);
      return [id, count === undefined ? { status: "skipped", word: "Not taken" } : { status: "succeeded", word: `Taken ${count} ×` }];
    }),
  );
  return {
    ...measured,
    runs: covered.length,
    stepViews: (id) => views.get(id),
    edgeState: (from, way, to) => (ways.has(`${from} ${way}`) || (!Object.hasOwn(playbook.steps, from) && times.has(to)) ? "taken" : "not-taken"),
  };
}

/** Where a dry run stands, for people. */
export function haltText({ halt, asks, outcome: ended, status, error }: DryRunView, name: (id: string) => string): string {
  if (!halt) return "Under way; step or continue.";
  if (halt.reason === "breakpoint") return `Stands before "${name(halt.step)}".`;
  if (halt.reason === "failure") return `Stands where "${name(halt.step)}" failed.`;
  if (halt.reason === "out-of-moves") return "Stopped: it took more moves than a dry run may.";
  if (halt.reason === "waiting") return asks.length > 0 ? "Waits for an answer. Continue lets the time pass." : "Waits for a signal that never comes.";
  const outcome = ended ? ` with "${ended}"` : "";
  return status === "succeeded" ? `Succeeded${outcome}.` : `${status === "failed" ? "Failed" : "Ended"}${outcome}${error ? `: ${error}` : "."}`;
}
