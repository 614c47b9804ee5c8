import type { Point, Rect } from "./geometry.ts";

const cell = 256;

/** The cards that a line should go around, in a grid so that asking costs little. */
export class Obstacles {
  readonly #cells = new Map<number, (Rect & { readonly id: string })[]>();

  constructor(rects: Iterable<Rect & { readonly id: string }>) {
    for (const rect of rects)
      for (const key of keysOf(rect)) {
        const cell = this.#cells.get(key);
        if (cell) cell.push(rect);
        else this.#cells.set(key, [rect]);
      }
  }

  /** The cards that come nearer than `margin` to this rectangle. */
  hits(area: Rect, margin: number, but: ReadonlySet<string>): Set<Rect & { readonly id: string }> {
    const wide = { x: area.x - margin, y: area.y - margin, width: area.width + 2 * margin, height: area.height + 2 * margin };
    const found = new Set<Rect & { readonly id: string }>();
    for (const key of keysOf(wide)) for (const rect of this.#cells.get(key) ?? []) if (!but.has(rect.id) && overlap(rect, wide)) found.add(rect);
    return found;
  }

  /** The cards that a line through these points would cross. */
  crossed(points: readonly Point[], but: ReadonlySet<string>): Set<Rect & { readonly id: string }> {
    const found = new Set<Rect & { readonly id: string }>();
    for (let index = 1; index < points.length; index += 1) {
      const [a, b] = [points[index - 1], points[index]];
      if (!a || !b) continue;
      const leg = { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
      for (const rect of this.hits(leg, 3, but)) found.add(rect);
    }
    return found;
  }
}

const overlap = (a: Rect, b: Rect) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** The cells that a rectangle touches; two far apart may share a number, which only costs a comparison. */
function keysOf(rect: Rect): number[] {
  const keys: number[] = [];
  const bottom = Math.floor((rect.y + rect.height) / cell);
  for (let column = Math.floor(rect.x / cell); column <= Math.floor((rect.x + rect.width) / cell); column += 1)
    for (let row = Math.floor(rect.y / cell); row <= bottom; row += 1) keys.push(column * 65_536 + row);
  return keys;
}
