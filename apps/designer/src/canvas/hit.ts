import type { Point, Rect } from "./geometry.ts";
import type { Scene, SceneEdge } from "./scene.ts";

/** The step that is drawn at a place of the canvas; of two that overlap, the later one. */
export function stepAt({ rects }: Pick<Scene, "rects">, { x, y }: Point): string | null {
  let found: string | null = null;
  for (const [id, rect] of rects) if (x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + rect.height) found = id;
  return found;
}

/** The nearest connection within `reach` of a place. */
export function edgeAt({ edges }: Pick<Scene, "edges">, at: Point, reach: number): SceneEdge | null {
  let found: SceneEdge | null = null;
  let nearest = reach;
  for (const edge of edges)
    for (let index = 1; index < edge.points.length; index += 1) {
      const [a, b] = [edge.points[index - 1], edge.points[index]];
      const away = a && b ? distance(at, a, b) : Infinity;
      if (away > nearest) continue;
      nearest = away;
      found = edge;
    }
  return found;
}

/** The steps that a rectangle touches. */
export const stepsIn = ({ rects }: Pick<Scene, "rects">, area: Rect): string[] =>
  [...rects].flatMap(([id, rect]) => (rect.x < area.x + area.width && area.x < rect.x + rect.width && rect.y < area.y + area.height && area.y < rect.y + rect.height ? [id] : []));

function distance(at: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((at.x - a.x) * dx + (at.y - a.y) * dy) / length));
  return Math.hypot(at.x - a.x - along * dx, at.y - a.y - along * dy);
}
