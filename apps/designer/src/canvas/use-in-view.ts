import { useStoreApi } from "@xyflow/react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Rect } from "./geometry.ts";
import type { Scene, SceneEdge } from "./scene.ts";
import { useViewChange, type ViewNow } from "./use-view-change.ts";

/** How far around the view steps are made before they are seen, as a part of its size. */
const around = 0.15;
const restMs = 200;

/** What is in view: the steps, the connections, and the steps that only hold an end of one of these. */
export interface InView {
  readonly steps: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
  readonly ends: ReadonlySet<string>;
}

/** The steps and connections to make elements of, of a playbook with many; null when all, none while it is seen from afar. While the view moves they only become more. */
export function useInView(scene: Scene, many: boolean, far: boolean): InView | null {
  const store = useStoreApi();
  const boxes = useMemo(() => (many ? scene.edges.map((edge) => ({ edge, box: boxOf(edge) })) : []), [many, scene]);
  const [area, setArea] = useState<readonly Rect[]>([]);
  const shown = useRef<readonly Rect[]>([]);
  const resting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const put = (next: readonly Rect[]) => {
    shown.current = next;
    setArea(next);
  };
  const follow = (view: ViewNow) => {
    clearTimeout(resting.current);
    if (!many || far || view.width === 0) return;
    resting.current = setTimeout(() => {
      const { transform, width, height } = store.getState();
      put([areaOf({ x: transform[0], y: transform[1], zoom: transform[2], width, height }, around)]);
    }, restMs);
    const seen = areaOf(view, 0.02);
    if (shown.current.some((each) => contains(each, seen))) return;
    const wide = areaOf(view, 0.08);
    put([...shown.current.filter((each) => !contains(wide, each)).slice(-3), wide]);
  };
  useViewChange(follow);
  useEffect(() => {
    const { transform, width, height } = store.getState();
    if (!far) follow({ x: transform[0], y: transform[1], zoom: transform[2], width, height });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only on coming near
  }, [far]);
  useEffect(() => () => clearTimeout(resting.current), []);

  const last = useRef<InView | null>(null);
  return useMemo(() => {
    if (!many) return null;
    const inside = (rect: Rect) => area.some((each) => meets(each, rect));
    const steps = new Set([...scene.rects].flatMap(([id, rect]) => (inside(rect) ? [id] : [])));
    const edges = new Set<string>();
    const ends = new Set<string>();
    for (const { edge, box } of boxes) {
      if (!inside(box)) continue;
      edges.add(edge.id);
      for (const end of [edge.source, edge.target]) if (!steps.has(end)) ends.add(end);
    }
    const before = last.current;
    if (before && sameSet(before.steps, steps) && sameSet(before.edges, edges)) return before;
    return (last.current = { steps, edges, ends });
  }, [many, area, scene, boxes]);
}

const areaOf = ({ x, y, zoom, width, height }: ViewNow, more: number): Rect => ({
  x: (-x - width * more) / zoom,
  y: (-y - height * more) / zoom,
  width: (width * (1 + 2 * more)) / zoom,
  height: (height * (1 + 2 * more)) / zoom,
});
const meets = (a: Rect, b: Rect) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const contains = (a: Rect, b: Rect) => a.x <= b.x && a.y <= b.y && a.x + a.width >= b.x + b.width && a.y + a.height >= b.y + b.height;
const sameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>) => a.size === b.size && [...a].every((each) => b.has(each));

function boxOf({ points }: SceneEdge): Rect {
  const [xs, ys] = [points.map((point) => point.x), points.map((point) => point.y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { x: left - 8, y: top - 8, width: Math.max(...xs) - left + 16, height: Math.max(...ys) - top + 16 };
}
