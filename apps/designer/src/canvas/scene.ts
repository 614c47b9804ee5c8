import { type Playbook, type WayKind, waysOf } from "@drawbridge/playbook";
import { flowOrder } from "./flow-order.ts";
import { boundsOf, pillWidth, type Point, portsOf, type Rect, sizeOf } from "./geometry.ts";
import { Obstacles } from "./obstacles.ts";
import { route } from "./route.ts";

/** The id of the start pill; no step can have it, since a slug holds no `$`. */
export const startId = "$start";

/** One connection as it is drawn. */
export interface SceneEdge {
  readonly id: string;
  readonly from: string;
  readonly way: string;
  readonly kind: WayKind | "start";
  readonly label: string;
  readonly to: string;
  readonly points: readonly Point[];
}

/** Everything that is drawn, with its place. */
export interface Scene {
  readonly order: readonly string[];
  readonly rects: ReadonlyMap<string, Rect>;
  readonly start: Rect;
  readonly edges: readonly SceneEdge[];
}

const startGap = 20;
const pillGap = 24;

/** Places every step and routes every connection. Edges whose points stay keep their identity from `before`. */
export function sceneOf(playbook: Playbook, positions: Readonly<Record<string, Point>>, startLabel: string, before?: Scene): Scene {
  const order = flowOrder(playbook);
  const rects = new Map<string, Rect>();
  let spare = 0;
  for (const id of order) {
    const step = playbook.steps[id];
    if (!step) continue;
    const place = positions[id] ?? { x: -260, y: spare++ * 88 };
    rects.set(id, { x: place.x, y: place.y, ...sizeOf(step) });
  }
  const start = startRect(playbook, rects, startLabel);
  const obstacles = new Obstacles([...rects].map(([id, rect]) => ({ id, ...rect })));
  const known = new Map(before?.edges.map((edge) => [edge.id, edge]));
  const edges: SceneEdge[] = [];
  const add = (edge: SceneEdge) => {
    const old = known.get(edge.id);
    edges.push(old && old.kind === edge.kind && samePoints(old.points, edge.points) ? old : edge);
  };
  for (const to of new Set(playbook.start)) {
    const target = rects.get(to);
    if (!target) continue;
    const points = route({ from: { x: start.x + start.width / 2, y: start.y + start.height }, side: "bottom", to: entryOf(target), source: startId, target: to }, obstacles);
    add({ id: edgeId(startId, "start", to), from: startId, way: "start", kind: "start", label: "", to, points });
  }
  for (const from of order) for (const edge of edgesFrom(playbook, from, rects, obstacles)) add(edge);
  return { order, rects, start, edges };
}

/** Whether two documents are drawn alike but for what stands on the cards: the same steps in the same order, of the same size, leading to the same. */
export function isDrawnAlike(one: Playbook, other: Playbook): boolean {
  if (one === other || one.steps === other.steps) return one.start === other.start;
  if (one.start.join() !== other.start.join()) return false;
  const ids = Object.keys(one.steps);
  const others = Object.keys(other.steps);
  return (
    ids.length === others.length &&
    ids.every((id, index) => {
      const [a, b] = [one.steps[id], other.steps[id]];
      if (id !== others[index] || !a || !b) return false;
      return a === b || (JSON.stringify(sizeOf(a)) === JSON.stringify(sizeOf(b)) && JSON.stringify(waysOf(a)) === JSON.stringify(waysOf(b)));
    })
  );
}

/** The same scene while some steps are being dragged: only what touches them is routed anew. */
export function movedScene(scene: Scene, playbook: Playbook, moves: ReadonlyMap<string, Point>): Scene {
  const rects = new Map(scene.rects);
  for (const [id, place] of moves) {
    const rect = rects.get(id);
    if (rect) rects.set(id, { ...rect, ...place });
  }
  const obstacles = new Obstacles([...rects].filter(([id]) => !moves.has(id)).map(([id, rect]) => ({ id, ...rect })));
  const again = new Set(scene.edges.filter((edge) => moves.has(edge.from) || moves.has(edge.to)).map((edge) => edge.from));
  const routed = new Map<string, SceneEdge>();
  for (const from of again) for (const edge of edgesFrom(playbook, from, rects, obstacles)) routed.set(edge.id, edge);
  const edges = scene.edges.map((edge) => {
    if (edge.from !== startId) return routed.get(edge.id) ?? edge;
    const target = rects.get(edge.to);
    if (!moves.has(edge.to) || !target) return edge;
    return {
      ...edge,
      points: route(
        { from: { x: scene.start.x + scene.start.width / 2, y: scene.start.y + scene.start.height }, side: "bottom", to: entryOf(target), source: startId, target: edge.to },
        obstacles,
      ),
    };
  });
  return { ...scene, rects, edges };
}

export const edgeId = (from: string, way: string, to: string): string => `${from} ${way} ${to}`;

const entryOf = (rect: Rect): Point => ({ x: rect.x + rect.width / 2, y: rect.y });

function edgesFrom(playbook: Playbook, from: string, rects: ReadonlyMap<string, Rect>, obstacles: Obstacles): SceneEdge[] {
  const step = playbook.steps[from];
  const source = rects.get(from);
  if (!step || !source) return [];
  const ports = new Map(portsOf(step).map((port) => [port.way, port]));
  const edges: SceneEdge[] = [];
  for (const way of waysOf(step))
    for (const to of new Set(way.next)) {
      const target = rects.get(to);
      const port = ports.get(way.id);
      if (!target || !port) continue;
      const leaves = { x: source.x + port.x, y: source.y + port.y };
      const beside = way.kind === "next" && !ports.get("error")?.declared && !ports.get("limit")?.declared && playbook.steps[to]?.kind === "end" && isBeside(source, target);
      const points = beside
        ? [
            { x: source.x + source.width, y: target.y + target.height / 2 },
            { x: target.x, y: target.y + target.height / 2 },
          ]
        : route({ from: leaves, side: port.side, to: entryOf(target), source: from, target: to }, obstacles);
      edges.push({ id: edgeId(from, way.id, to), from, way: way.id, kind: way.kind, label: way.label, to, points });
    }
  return edges;
}

const isBeside = (source: Rect, target: Rect) => target.x - source.x - source.width > 8 && target.y > source.y && target.y + target.height < source.y + source.height;

function startRect(playbook: Playbook, rects: ReadonlyMap<string, Rect>, label: string): Rect {
  const width = pillWidth(label);
  const first = [...new Set(playbook.start)].flatMap((id) => rects.get(id) ?? []);
  if (first.length === 0) {
    const all = boundsOf(rects.values());
    return { x: all.x + all.width / 2 - width / 2, y: all.y - pillGap - 28, width, height: 28 };
  }
  const middle = first.reduce((sum, rect) => sum + rect.x + rect.width / 2, 0) / first.length;
  const top = Math.min(...first.map((rect) => rect.y));
  return { x: middle - width / 2, y: top - 28 - (first.length > 1 ? pillGap : startGap), width, height: 28 };
}

const samePoints = (a: readonly Point[], b: readonly Point[]) => a.length === b.length && a.every((point, index) => point.x === b[index]?.x && point.y === b[index]?.y);
