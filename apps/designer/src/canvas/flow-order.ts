import { type Playbook, waysOf } from "@drawbridge/playbook";

/** Step ids in the order of the flow: each after all that lead to it, branches in their own order; what nothing leads to comes last. */
export function flowOrder(playbook: Playbook): string[] {
  const waysIn = new Map<string, number>();
  const known = new Map<string, readonly string[]>();
  const targets = (id: string): readonly string[] => {
    const step = playbook.steps[id];
    const found = known.get(id) ?? (step ? [...new Set(waysOf(step).flatMap((way) => way.next))].filter((next) => Object.hasOwn(playbook.steps, next)) : []);
    known.set(id, found);
    return found;
  };
  const reached = new Set<string>();
  const queue = playbook.start.filter((id) => Object.hasOwn(playbook.steps, id));
  for (const id of queue) {
    if (reached.has(id)) continue;
    reached.add(id);
    for (const next of targets(id)) {
      waysIn.set(next, (waysIn.get(next) ?? 0) + 1);
      queue.push(next);
    }
  }
  const order: string[] = [];
  const placed = new Set<string>();
  const place = (from: readonly string[]) => {
    const stack = [...from].reverse();
    while (stack.length > 0) {
      const id = stack.pop();
      if (id === undefined || placed.has(id)) continue;
      placed.add(id);
      order.push(id);
      for (const next of targets(id).toReversed()) {
        const left = (waysIn.get(next) ?? 1) - 1;
        waysIn.set(next, left);
        if (left <= 0) stack.push(next);
      }
    }
  };
  place(playbook.start.filter((id) => Object.hasOwn(playbook.steps, id) && (waysIn.get(id) ?? 0) === 0));
  for (const id of Object.keys(playbook.steps)) if (!placed.has(id)) place([id]);
  return order;
}
