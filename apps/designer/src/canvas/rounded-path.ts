import type { Point } from "./geometry.ts";

/** An SVG path through right-angled points, its corners rounded as far as the legs allow. */
export function roundedPath(points: readonly Point[], radius = 8): string {
  const [first] = points;
  if (!first) return "";
  let path = `M${first.x} ${first.y}`;
  for (let index = 1; index < points.length; index += 1) {
    const [before, here, after] = [points[index - 1], points[index], points[index + 1]];
    if (!before || !here) break;
    if (!after) {
      path += `L${here.x} ${here.y}`;
      break;
    }
    const into = Math.hypot(here.x - before.x, here.y - before.y);
    const out = Math.hypot(after.x - here.x, after.y - here.y);
    const bend = Math.min(radius, into / 2, out / 2);
    if (bend < 0.5) {
      path += `L${here.x} ${here.y}`;
      continue;
    }
    const start = { x: here.x - ((here.x - before.x) / into) * bend, y: here.y - ((here.y - before.y) / into) * bend };
    const end = { x: here.x + ((after.x - here.x) / out) * bend, y: here.y + ((after.y - here.y) / out) * bend };
    path += `L${start.x} ${start.y}Q${here.x} ${here.y} ${end.x} ${end.y}`;
  }
  return path;
}

/** The middle of the longest leg: where a mark on the line has most room. */
export function longestLeg(points: readonly Point[]): { readonly middle: Point; readonly length: number; readonly horizontal: boolean } {
  let best = { middle: points[0] ?? { x: 0, y: 0 }, length: 0, horizontal: false };
  for (let index = 1; index < points.length; index += 1) {
    const [a, b] = [points[index - 1], points[index]];
    if (!a || !b) continue;
    const length = Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    if (length > best.length) best = { middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, length, horizontal: a.y === b.y };
  }
  return best;
}
