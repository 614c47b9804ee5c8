import { type Playbook, waysOf } from "@drawbridge/playbook";
import { flowOrder } from "./flow-order.ts";
import { type Point, type Rect, sizeOf } from "./geometry.ts";

/** What lies so near under the step that leads to it leaves no room for the line. */
const leastGap = 12;
const rowGap = 24;
const columnGap = 16;
const grid = 8;

/**
 * The places of the steps that must move so that no card lies over another and each stands below what leads to it; every other stays.
 * Steps in `pinned` stay in any case. Positions in pixels of the canvas; a step without one is left out.
 */
export function settle(playbook: Playbook, positions: Readonly<Record<string, Point>>, pinned: ReadonlySet<string>): Record<string, Point> {
  const rectOf = (id: string): Rect | undefined => {
    const [step, at] = [playbook.steps[id], positions[id]];
    return step && at && { x: at.x, y: at.y, ...sizeOf(step) };
  };
  const settled = new Map<string, Rect>();
  const leading = leadersOf(playbook);
  for (const id of pinned) {
    const rect = rectOf(id);
    if (rect) settled.set(id, rect);
  }
  const moved: Record<string, Point> = {};
  for (const id of afterLeaders(flowOrder(playbook), leading)) {
    const before = rectOf(id);
    if (!before || settled.has(id)) continue;
    const leaders = (leading.get(id) ?? []).flatMap((from) => {
      const [was, is] = [rectOf(from), settled.get(from)];
      return was && is ? [{ was, is }] : [];
    });
    const [only] = leaders;
    const along = only && leaders.length === 1 && playbook.steps[id]?.kind === "end" && isBeside(only.was, before) ? only : null;
    const wanted = along ? { ...before, x: before.x + along.is.x - along.was.x, y: before.y + along.is.y - along.was.y } : before;
    const bottom = along ? -Infinity : Math.max(...leaders.map(({ is }) => is.y + is.height));
    const place = freePlace(wanted.y < bottom + leastGap ? { ...wanted, y: up(bottom + rowGap) } : wanted, [...settled.values()]);
    settled.set(id, place);
    if (place.x !== before.x || place.y !== before.y) moved[id] = { x: place.x, y: place.y };
  }
  return moved;
}

/** The steps that lead to each one, but not after an error or a time limit: what those lead to may stand beside. */
function leadersOf(playbook: Playbook): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [from, step] of Object.entries(playbook.steps))
    for (const way of waysOf(step)) {
      if (way.kind === "error" || way.kind === "limit") continue;
      for (const to of way.next) found.set(to, [...(found.get(to) ?? []), from]);
    }
  return found;
}

/** The same order, but each after all that lead to it, also where nothing leads to those. */
function afterLeaders(order: readonly string[], leading: ReadonlyMap<string, readonly string[]>): string[] {
  const [placed, seen] = [new Set<string>(), new Set<string>()];
  for (const each of order) {
    const stack = [each];
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      const left = seen.has(id) ? [] : (leading.get(id) ?? []).filter((from) => !seen.has(from));
      seen.add(id);
      if (left.length > 0) stack.push(...left.reverse());
      else placed.add(stack.pop() ?? id);
    }
  }
  return [...placed];
}

/** The nearest free place to the right or below; the same when nothing lies there. */
function freePlace(wanted: Rect, taken: readonly Rect[]): Rect {
  const open: Rect[] = [wanted];
  for (let tries = 0; tries < 300; tries += 1) {
    const at = open.shift();
    if (!at) break;
    const covered = taken.find((rect) => overlap(rect, at));
    if (!covered) return at;
    open.push({ ...at, y: up(covered.y + covered.height + rowGap) }, { ...at, x: up(covered.x + covered.width + columnGap) });
    open.sort((a, b) => distance(a, wanted) - distance(b, wanted));
  }
  return { ...wanted, y: up(Math.max(...taken.map((rect) => rect.y + rect.height)) + rowGap) };
}

const distance = (a: Rect, b: Rect): number => a.x - b.x + a.y - b.y;
const overlap = (a: Rect, b: Rect): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const isBeside = (from: Rect, end: Rect): boolean => end.x >= from.x + from.width && end.y < from.y + from.height;
const up = (value: number): number => Math.ceil(value / grid) * grid;
