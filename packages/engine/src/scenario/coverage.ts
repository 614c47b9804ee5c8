import type { TraceEvent } from "@drawbridge/interpreter";
import { type Playbook, type Step, type Way, waysOf } from "@drawbridge/playbook";

/** What a run went through: step ids, and ways out as `<step> <way>`. */
export interface Covered {
  readonly steps: readonly string[];
  readonly ways: readonly string[];
}

/** Coverage from 0 to 1. Branches are the ways of conditions and asks, and every error way and time-limit way. */
export interface Coverage {
  readonly stepCoverage: number;
  readonly branchCoverage: number;
  /** Steps and ways that no scenario took. */
  readonly uncovered: readonly string[];
}

/** What a trace went through. */
export function coveredBy(trace: readonly TraceEvent[]): Covered {
  const steps = new Set<string>();
  const ways = new Set<string>();
  for (const event of trace) {
    if (event.type !== "step-succeeded" && event.type !== "step-failed") continue;
    steps.add(event.step);
    if (event.way !== null) ways.add(`${event.step} ${event.way}`);
  }
  return { steps: [...steps], ways: [...ways] };
}

/** How much of the playbook these runs went through together. */
export function coverage(playbook: Playbook, covered: readonly Covered[]): Coverage {
  const steps = new Set(covered.flatMap((each) => each.steps));
  const taken = new Set(covered.flatMap((each) => each.ways));
  const ids = Object.keys(playbook.steps);
  const ways = Object.entries(playbook.steps).flatMap(([id, step]) => waysOf(step).flatMap((way) => (isBranch(step, way) ? [`${id} ${way.id}`] : [])));
  const missedSteps = ids.filter((id) => !steps.has(id));
  const missedWays = ways.filter((way) => !taken.has(way));
  return { stepCoverage: share(ids.length, missedSteps.length), branchCoverage: share(ways.length, missedWays.length), uncovered: [...missedSteps, ...missedWays] };
}

function isBranch(step: Step, way: Way): boolean {
  if (way.kind === "otherwise") return step.kind === "condition" && step.otherwise !== undefined;
  return way.kind !== "next";
}

const share = (all: number, missed: number): number => (all === 0 ? 1 : (all - missed) / all);
