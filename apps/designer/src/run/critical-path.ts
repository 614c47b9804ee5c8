import type { StepState } from "@drawbridge/interpreter";
import { type Playbook, waysOf } from "@drawbridge/playbook";

/** The steps that decided how long the run took: from the one that ended last back to the start, each time by the way in that came last. */
export function criticalPath(playbook: Playbook, stateOf: (id: string) => StepState): ReadonlySet<string> {
  const into = new Map<string, string[]>();
  let last: string | null = null;
  const endOf = (id: string) => stateOf(id).endedAt ?? -1;
  const ran = (id: string) => stateOf(id).endedAt !== undefined && stateOf(id).status !== "skipped";
  for (const [id, step] of Object.entries(playbook.steps)) {
    if (!ran(id)) continue;
    if (last === null || endOf(id) >= endOf(last)) last = id;
    const taken = waysOf(step).find((way) => way.id === stateOf(id).way);
    for (const next of taken?.next ?? []) into.set(next, [...(into.get(next) ?? []), id]);
  }
  const path = new Set<string>();
  for (let id = last; id !== null && !path.has(id);) {
    path.add(id);
    id = (into.get(id) ?? []).reduce<string | null>((latest, each) => (latest === null || endOf(each) > endOf(latest) ? each : latest), null);
  }
  return path;
}
