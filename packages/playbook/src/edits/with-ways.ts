import type { Step, StepKind } from "../steps/registry.ts";
import { type Way, waysOf } from "../ways.ts";

type Slot = "next" | "branches" | "otherwise" | "onError" | "onTimeLimit";

/** Where each kind of step keeps its ways out. */
const slots: { [Kind in StepKind]: readonly Slot[] } = {
  action: ["next", "onError"],
  condition: ["branches", "otherwise"],
  ask: ["branches", "onTimeLimit"],
  wait: ["next", "onTimeLimit"],
  call: ["next", "onError"],
  set: ["next"],
  script: ["next", "onError"],
  section: ["next"],
  end: [],
};

const slotOfWay: { readonly [way: string]: Slot } = { next: "next", otherwise: "otherwise", error: "onError", limit: "onTimeLimit" };
const branchPrefix = "branch:";

/** The ids of the ways that a step has or may have: also an error way or a time-limit way that it has not yet. */
export function possibleWays(step: Step): string[] {
  const own = waysOf(step).map((way) => way.id);
  const possible = Object.entries(slotOfWay).flatMap(([way, slot]) => (slots[step.kind].includes(slot) ? [way] : []));
  return [...own, ...possible.filter((way) => !own.includes(way))];
}

/** The step with another list of next steps on one way; null when it can have no such way. */
export function withWay(step: Step, way: string, next: readonly string[]): Step | null {
  const list = [...next];
  if (way.startsWith(branchPrefix)) {
    if (!("branches" in step) || !waysOf(step).some((each) => each.id === way)) return null;
    const label = way.slice(branchPrefix.length);
    return { ...step, branches: step.branches.map((branch) => (branch.label === label ? { ...branch, next: list } : branch)) } as Step;
  }
  const slot = slotOfWay[way];
  if (!slot || !slots[step.kind].includes(slot)) return null;
  if (slot === "next") return { ...step, next: list } as Step;
  return { ...step, [slot]: { next: list } } as Step;
}

/** The step with each of its ways changed; the same step when nothing changed. */
export function mapWays(step: Step, change: (next: readonly string[], way: Way) => readonly string[]): Step {
  let made = step;
  for (const way of waysOf(step)) {
    const next = change(way.next, way);
    if (next.length === way.next.length && next.every((each, at) => each === way.next[at])) continue;
    made = withWay(made, way.id, next) ?? made;
  }
  return made;
}
