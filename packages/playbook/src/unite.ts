import { connectionsIn, diffPlaybooks } from "./diff.ts";
import { withWay } from "./edits/with-ways.ts";
import type { Playbook } from "./playbook.ts";
import type { Step } from "./steps/registry.ts";
import { waysOf } from "./ways.ts";

const [stepWidth, stepHeight, aside] = [200, 72, 232];

/** Both playbooks in one, to be drawn: the later one, and with it the steps, branches, connections and notes that only the earlier one has. */
export function unitePlaybooks(before: Playbook, after: Playbook): Playbook {
  const { removed, ways } = diffPlaybooks(before, after);
  const steps: Record<string, Step> = { ...after.steps };
  for (const id of removed) if (before.steps[id]) steps[id] = before.steps[id];
  for (const { from, way, to } of connectionsIn(before)) {
    const step = from === null ? undefined : steps[from];
    if (from === null || !step || removed.includes(from)) continue;
    const drawn = withBranch(step, before.steps[from], way);
    const next = waysOf(drawn).find((each) => each.id === way)?.next ?? [];
    steps[from] = (next.includes(to) ? drawn : withWay(drawn, way, [...next, to])) ?? drawn;
  }
  const gone = ways.removed.filter(({ from }) => from === null).map(({ to }) => to);
  const notes = { ...before.notes, ...after.notes };
  return {
    ...after,
    start: [...after.start, ...gone],
    steps,
    ...(Object.keys(notes).length > 0 ? { notes } : {}),
    ...(after.layout || before.layout ? { layout: unitedLayout(before, after, removed) } : {}),
  };
}

/** The step with the branch that it had before, when it has it no more. */
function withBranch(step: Step, was: Step | undefined, way: string): Step {
  if (!was || was.kind !== step.kind || !("branches" in step) || !("branches" in was) || waysOf(step).some((each) => each.id === way)) return step;
  const branch = was.branches.find(({ label }) => way === `branch:${label}`);
  return branch ? ({ ...step, branches: [...step.branches, { ...branch, next: [] }] } as Step) : step;
}

/** Removed steps stand where they stood, beside what has taken their place. */
function unitedLayout(before: Playbook, after: Playbook, removed: readonly string[]): NonNullable<Playbook["layout"]> {
  const layout = { ...after.layout };
  for (const id of removed) {
    const stood = before.layout?.[id];
    if (!stood) continue;
    const place = { ...stood };
    const isTaken = () => Object.values(layout).some((other) => Math.abs(other.x - place.x) < stepWidth && Math.abs(other.y - place.y) < stepHeight);
    while (isTaken()) place.x += aside;
    layout[id] = place;
  }
  return layout;
}
