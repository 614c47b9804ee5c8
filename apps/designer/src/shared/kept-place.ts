/** How many lines further down the first seen line is now, so that the list can be moved along with it; what is gone gives way to the next. */
export function linesMoved(before: readonly string[], after: readonly string[], firstSeen: number): number {
  const places = new Map(after.map((key, index) => [key, index]));
  for (let line = firstSeen; line < before.length; line += 1) {
    const now = places.get(before[line] ?? "");
    if (now !== undefined) return now - line;
  }
  return 0;
}
