/** The steps that a run can reach, and the ways (`step way target`) that lead back to where they came from; depth first, without recursion. */
export function backWays(
  start: readonly number[],
  ways: readonly (readonly (readonly number[])[])[],
): { readonly reached: ReadonlySet<number>; readonly back: ReadonlySet<string> } {
  const reached = new Set<number>();
  const onPath = new Set<number>();
  const back = new Set<string>();
  const path: { readonly step: number; readonly out: Iterator<readonly [way: number, target: number]> }[] = [];
  const visit = (step: number): void => {
    reached.add(step);
    onPath.add(step);
    path.push({ step, out: outOf(ways[step] ?? []) });
  };
  for (const first of start) {
    if (!reached.has(first)) visit(first);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const { done, value } = top.out.next();
      if (done) {
        onPath.delete(top.step);
        path.pop();
        continue;
      }
      const [way, target] = value;
      if (onPath.has(target)) back.add(`${top.step} ${way} ${target}`);
      else if (!reached.has(target)) visit(target);
    }
  }
  return { reached, back };
}

function* outOf(ways: readonly (readonly number[])[]): Generator<readonly [number, number], undefined> {
  for (const [way, targets] of ways.entries()) for (const target of targets) yield [way, target];
}
