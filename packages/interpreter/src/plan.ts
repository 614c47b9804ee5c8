import { type Playbook, type Step, type Way, waysOf } from "@drawbridge/playbook";
import { backWays } from "./back-ways.ts";
import { type Behaviour, behaviourOf } from "./steps/registry.ts";
import { noPolicy, type Policy } from "./steps/policy.ts";

/** A playbook made ready to run: every step by index, with its ways in and out. */
export interface Plan {
  readonly playbook: Playbook;
  readonly steps: readonly PlanStep[];
  readonly indexes: ReadonlyMap<string, number>;
  readonly start: readonly number[];
  /** Decisions that one `advance` may take. */
  readonly budget: number;
}

export interface PlanStep {
  readonly id: string;
  readonly index: number;
  readonly step: Step;
  readonly behaviour: Behaviour<Step>;
  readonly policy: Policy;
  readonly ways: readonly PlanWay[];
  /** The ways in that can arrive: from steps that a run can reach, and not around a cycle. */
  readonly incoming: readonly WayIn[];
  readonly starts: boolean;
  readonly any: boolean;
}

export interface PlanWay extends Pick<Way, "id" | "kind"> {
  readonly to: readonly number[];
}

export interface WayIn {
  readonly step: number;
  readonly way: number;
}

const defaultBudget = 250_000;

/** Indexes a playbook for running, in time linear in its size. Names of steps that do not exist are left out, and a way that closes a cycle is never taken. */
export function compile(playbook: Playbook, options?: { readonly budget?: number }): Plan {
  const ids = Object.keys(playbook.steps);
  const indexes = new Map(ids.map((id, index) => [id, index]));
  const toIndexes = (next: readonly string[]): number[] => [...new Set(next)].flatMap((id) => indexes.get(id) ?? []);
  const start = toIndexes(playbook.start);
  const drawn = Object.values(playbook.steps).map((step) => waysOf(step).map((way) => ({ id: way.id, kind: way.kind, to: toIndexes(way.next) })));
  const { reached, back } = backWays(
    start,
    drawn.map((ways) => ways.map((way) => way.to)),
  );
  const incoming: WayIn[][] = ids.map(() => []);
  const taken = drawn.map((ways, step) => ways.map((way, index) => ({ ...way, to: way.to.filter((target) => !back.has(`${step} ${index} ${target}`)) })));
  taken.forEach((ways, step) => {
    if (reached.has(step)) ways.forEach((way, index) => way.to.forEach((target) => incoming[target]?.push({ step, way: index })));
  });
  const starts = new Set(start);
  const steps = Object.values(playbook.steps).map((step, index): PlanStep => {
    const behaviour = behaviourOf(step);
    const policy = { ...noPolicy, ...behaviour.policy?.(step) };
    return { id: ids[index] ?? "", index, step, behaviour, policy, ways: taken[index] ?? [], incoming: incoming[index] ?? [], starts: starts.has(index), any: step.join === "any" };
  });
  return { playbook, steps, indexes, start, budget: options?.budget ?? defaultBudget };
}

/** The step at `index`. */
export function stepAt(plan: Plan, index: number): PlanStep {
  const found = plan.steps[index];
  if (!found) throw new Error(`the plan has no step ${index}`);
  return found;
}

/** The step named `id`. */
export function stepNamed(plan: Plan, id: string): PlanStep {
  return stepAt(plan, plan.indexes.get(id) ?? -1);
}
