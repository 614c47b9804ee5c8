/** Whether a JSON value is nested deeper than `most`; counts without recursion. */
export function deeperThan(value: unknown, most: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > most) return true;
    const below: unknown[] = [];
    for (const each of level) {
      if (Array.isArray(each)) for (const item of each) below.push(item);
      else if (typeof each === "object" && each !== null) for (const item of Object.values(each)) below.push(item);
    }
    level = below;
  }
  return false;
}
