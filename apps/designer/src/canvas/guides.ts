import type { Rect } from "./geometry.ts";

/** A line that shows what something dragged stands in line with. */
export interface Guide {
  readonly axis: "x" | "y";
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface Snapped {
  readonly dx: number;
  readonly dy: number;
  readonly guides: readonly Guide[];
}

/** How far to move so that an edge or the middle stands in line with another's, when one is within reach. */
export function snapTo(moving: Rect, others: readonly Rect[], reach: number): Snapped {
  const across = nearest([moving.x + moving.width / 2, moving.x, moving.x + moving.width], others, (rect) => [rect.x + rect.width / 2, rect.x, rect.x + rect.width], reach);
  const down = nearest([moving.y + moving.height / 2, moving.y, moving.y + moving.height], others, (rect) => [rect.y + rect.height / 2, rect.y, rect.y + rect.height], reach);
  const moved = { ...moving, x: moving.x + (across?.by ?? 0), y: moving.y + (down?.by ?? 0) };
  const guides: Guide[] = [];
  if (across) {
    const [top, bottom] = [Math.min(moved.y, across.rect.y), Math.max(moved.y + moved.height, across.rect.y + across.rect.height)];
    guides.push({ axis: "x", at: across.line, from: top, to: bottom });
  }
  if (down) {
    const [left, right] = [Math.min(moved.x, down.rect.x), Math.max(moved.x + moved.width, down.rect.x + down.rect.width)];
    guides.push({ axis: "y", at: down.line, from: left, to: right });
  }
  return { dx: across?.by ?? 0, dy: down?.by ?? 0, guides };
}

function nearest(own: readonly number[], others: readonly Rect[], linesOf: (rect: Rect) => readonly number[], reach: number) {
  let best: { readonly by: number; readonly line: number; readonly rect: Rect } | null = null;
  for (const rect of others)
    linesOf(rect).forEach((line, which) => {
      const by = line - (own[which] ?? Infinity);
      if (Math.abs(by) <= reach && (!best || Math.abs(by) < Math.abs(best.by))) best = { by, line, rect };
    });
  return best as { readonly by: number; readonly line: number; readonly rect: Rect } | null;
}
