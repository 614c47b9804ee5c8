import type { Point, Rect } from "./geometry.ts";
import type { Obstacles } from "./obstacles.ts";

/** A connection to be drawn: from a port to the middle of a card's top. */
export interface Leg {
  readonly from: Point;
  readonly side: "bottom" | "right";
  readonly to: Point;
  readonly source: string;
  readonly target: string;
}

const bar = 12;
const clearance = 14;
const chipRoom = 92;
const halfCard = 110;

/** Right-angled points from port to card: the first of a few natural ways that crosses no card, else the one that crosses fewest. */
export function route(leg: Leg, obstacles: Obstacles): Point[] {
  const but = new Set([leg.source, leg.target]);
  const candidates = leg.side === "bottom" ? down(leg, obstacles, but) : sideways(leg, obstacles, but);
  let best: Point[] = [];
  let fewest = Infinity;
  for (const points of candidates) {
    const crossed = obstacles.crossed(points, but).size;
    if (crossed < fewest) [best, fewest] = [points, crossed];
    if (crossed === 0) break;
  }
  return tidy(best);
}

function* down({ from, to }: Leg, obstacles: Obstacles, but: ReadonlySet<string>): Generator<Point[]> {
  const close = to.y - from.y < 2 * bar && to.y - from.y > 4;
  const above = close ? (from.y + to.y) / 2 : to.y - bar;
  const below = close ? above : from.y + bar;
  if (above >= below - 1) {
    if (Math.abs(from.x - to.x) < 1) yield [from, to];
    yield [from, { x: from.x, y: above }, { x: to.x, y: above }, to];
    yield [from, { x: from.x, y: below }, { x: to.x, y: below }, to];
  }
  const straight = [from, { x: from.x, y: above }, { x: to.x, y: above }, to];
  const turned = [from, { x: from.x, y: below }, { x: to.x, y: below }, to];
  const inTheWay = above >= below - 1 ? [...obstacles.crossed(straight, but), ...obstacles.crossed(turned, but)] : [];
  const upward = above < below - 1;
  const beside = (lane: number) => Math.abs(lane - from.x) > halfCard && Math.abs(lane - to.x) > halfCard;
  for (const lane of lanes(inTheWay, from, to).filter((each) => !upward || beside(each)))
    yield [from, { x: from.x, y: below }, { x: lane, y: below }, { x: lane, y: above }, { x: to.x, y: above }, to];
}

function* sideways({ from, to }: Leg, obstacles: Obstacles, but: ReadonlySet<string>): Generator<Point[]> {
  const above = to.y - bar;
  if (to.x >= from.x + 24 && above >= from.y) yield [from, { x: to.x, y: from.y }, to];
  const by = (out: number) => [from, { x: out, y: from.y }, { x: out, y: above }, { x: to.x, y: above }, to];
  if (to.x > from.x + chipRoom) yield by(from.x + chipRoom);
  yield by(from.x + 20);
  for (const lane of lanes([...obstacles.crossed(by(from.x + 20), but)], { x: from.x + 20, y: from.y }, to))
    if (lane > from.x + 8) yield [from, { x: lane, y: from.y }, { x: lane, y: above }, { x: to.x, y: above }, to];
}

/** Columns beside what is in the way, those that cost least first. */
function lanes(inTheWay: readonly Rect[], from: Point, to: Point): number[] {
  const found = inTheWay.flatMap((rect) => [rect.x - clearance, rect.x + rect.width + clearance]);
  found.push((from.x + to.x) / 2, Math.min(from.x, to.x) - 120, Math.max(from.x, to.x) + 120);
  const cost = (x: number) => Math.abs(x - from.x) + Math.abs(x - to.x);
  return [...new Set(found.map(Math.round))].sort((a, b) => cost(a) - cost(b));
}

/** Without points that repeat or lie on a straight line. */
function tidy(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const [a, b] = [kept.at(-2), kept.at(-1)];
    if (b && Math.abs(b.x - point.x) < 0.5 && Math.abs(b.y - point.y) < 0.5) continue;
    if (a && b && ((Math.abs(a.x - b.x) < 0.5 && Math.abs(b.x - point.x) < 0.5) || (Math.abs(a.y - b.y) < 0.5 && Math.abs(b.y - point.y) < 0.5))) kept.pop();
    kept.push(point);
  }
  return kept;
}
