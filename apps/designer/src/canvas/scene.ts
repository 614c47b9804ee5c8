import { type Playbook, type WayKind, waysOf } from "@drawbridge/playbook";
import { flowOrder } from "./flow-order.ts";
import { boundsOf, pillWidth, type Point, portsOf, type Rect, sizeOf } from "./geometry.ts";
import { type DrawnGroup, drawnGroups, foldedRect, foldedSteps, movedGroups } from "./groups.ts";
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
  /** What it is drawn from and to: the steps, or the folded groups that they are in. */
  readonly source: string;
  readonly target: string;
  readonly points: readonly Point[];
}

/** Everything that is drawn, with its place. A folded group stands among the steps, in the place of its own. */
export interface Scene {
  readonly order: readonly string[];
  readonly rects: ReadonlyMap<string, Rect>;
  readonly groups: ReadonlyMap<string, DrawnGroup>;
  readonly start: Rect;
  readonly edges: readonly SceneEdge[];
}

const startGap = 20;
const pillGap = 24;

/** Places every step and routes every connection. Edges whose points stay keep their identity from `before`. */
export function sceneOf(playbook: Playbook, positions: Readonly<Record<string, Point>>, startLabel: string, before?: Scene): Scene {
  const folded = foldedSteps(playbook);
  const order = [...new Set(flowOrder(playbook).map((id) => folded.get(id) ?? id))];
  const rects = new Map<string, Rect>();
  let spare = 0;
  const rectOf = (id: string): Rect[] => {
    const step = playbook.steps[id];
    if (!step) return [];
    const place = positions[id] ?? { x: -260, y: spare++ * 88 };
    return [{ x: place.x, y: place.y, ...sizeOf(step) }];
  };
  for (const id of order) {
    const [rect] = id.startsWith("$") ? [foldedRect([...folded].flatMap(([step, group]) => (group === id ? rectOf(step) : [])))] : rectOf(id);
    if (rect) rects.set(id, rect);
  }
  const groups = drawnGroups(playbook, rects);
  const start = startRect(playbook, rects, folded, startLabel);
  const obstacles = new Obstacles([...rects].map(([id, rect]) => ({ id, ...rect })));
  const world = worldOf(playbook, rects, folded, obstacles);
  const known = new Map(before?.edges.map((edge) => [edge.id, edge]));
  const edges: SceneEdge[] = [];
  const add = (edge: SceneEdge) => {
    const old = known.get(edge.id);
    edges.push(
      old && old.kind === edge.kind && old.label === edge.label && old.source === edge.source && old.target === edge.target && samePoints(old.points, edge.points) ? old : edge,
    );
  };
  for (const to of new Set(playbook.start)) {
    const target = folded.get(to) ?? to;
    const points = startPoints(start, target, rects, obstacles);
    if (points) add({ id: edgeId(startId, "start", to), from: startId, way: "start", kind: "start", label: "", to, source: startId, target, points });
  }
  for (const from of flowOrderOf(order, groups)) for (const edge of edgesFrom(world, from)) add(edge);
  return { order, rects, groups, start, edges };
}

/** Whether two documents are drawn alike but for what stands on the cards: the same steps in the same order, of the same size, leading to the same. */
export function isDrawnAlike(one: Playbook, other: Playbook): boolean {
  if (one.groups !== other.groups) return false;
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
  const world = worldOf(playbook, rects, foldedSteps(playbook), obstacles);
  const again = new Set(scene.edges.filter((edge) => moves.has(edge.source) || moves.has(edge.target)).map((edge) => edge.from));
  const routed = new Map<string, SceneEdge>();
  for (const from of again) for (const edge of edgesFrom(world, from)) routed.set(edge.id, edge);
  const edges = scene.edges.map((edge) => {
    if (edge.from !== startId) return routed.get(edge.id) ?? edge;
    const points = moves.has(edge.target) ? startPoints(scene.start, edge.target, rects, obstacles) : null;
    return points ? { ...edge, points } : edge;
  });
  return { ...scene, rects, groups: movedGroups(scene.groups, rects), edges };
}

export const edgeId = (from: string, way: string, to: string): string => `${from} ${way} ${to}`;

const entryOf = (rect: Rect): Point => ({ x: rect.x + rect.width / 2, y: rect.y });

/** What routing a connection needs to know. */
interface World {
  readonly playbook: Playbook;
  readonly rects: ReadonlyMap<string, Rect>;
  readonly obstacles: Obstacles;
  readonly folded: ReadonlyMap<string, string>;
  /** What each folded group leads to, from left to right. */
  readonly outs: ReadonlyMap<string, readonly string[]>;
}

function worldOf(playbook: Playbook, rects: ReadonlyMap<string, Rect>, folded: ReadonlyMap<string, string>, obstacles: Obstacles): World {
  const outs = new Map<string, Set<string>>();
  for (const [id, group] of folded) {
    const targets = outs.get(group) ?? new Set();
    outs.set(group, targets);
    const step = playbook.steps[id];
    for (const to of step ? waysOf(step).flatMap((way) => way.next) : []) if ((folded.get(to) ?? to) !== group) targets.add(folded.get(to) ?? to);
  }
  const middle = (id: string) => {
    const rect = rects.get(id);
    return rect ? rect.x + rect.width / 2 : 0;
  };
  return { playbook, rects, obstacles, folded, outs: new Map([...outs].map(([group, targets]) => [group, [...targets].sort((a, b) => middle(a) - middle(b))])) };
}

/** The steps whose ways are drawn, in the order of the flow: those of a folded group where its card is. */
const flowOrderOf = (order: readonly string[], groups: ReadonlyMap<string, DrawnGroup>): readonly string[] =>
  groups.size === 0 ? order : order.flatMap((id) => groups.get(id)?.members ?? [id]);

function edgesFrom({ playbook, rects, obstacles, folded, outs }: World, from: string): SceneEdge[] {
  const step = playbook.steps[from];
  const source = folded.get(from) ?? from;
  const card = rects.get(source);
  if (!step || !card) return [];
  const ports = new Map(portsOf(step).map((port) => [port.way, port]));
  const edges: SceneEdge[] = [];
  for (const way of waysOf(step))
    for (const to of new Set(way.next)) {
      const target = folded.get(to) ?? to;
      const place = rects.get(target);
      const port = source === from ? ports.get(way.id) : foldedPort(outs.get(source) ?? [], target, card);
      if (!place || !port || source === target) continue;
      const beside =
        source === from && way.kind === "next" && !ports.get("error")?.declared && !ports.get("limit")?.declared && playbook.steps[to]?.kind === "end" && isBeside(card, place);
      const points = beside
        ? [
            { x: card.x + card.width, y: place.y + place.height / 2 },
            { x: place.x, y: place.y + place.height / 2 },
          ]
        : route({ from: { x: card.x + port.x, y: card.y + port.y }, side: port.side, to: entryOf(place), source, target }, obstacles);
      edges.push({ id: edgeId(from, way.id, to), from, way: way.id, kind: way.kind, label: way.label, to, source, target, points });
    }
  return edges;
}

/** Where a folded group's card leads on to another: side by side along its bottom. */
function foldedPort(targets: readonly string[], target: string, { width, height }: Rect): Point & { readonly side: "bottom" } {
  const at = Math.max(0, targets.indexOf(target));
  return { side: "bottom", x: Math.round((width * (at + 1)) / (targets.length + 1)), y: height };
}

function startPoints(start: Rect, target: string, rects: ReadonlyMap<string, Rect>, obstacles: Obstacles): Point[] | null {
  const rect = rects.get(target);
  return rect ? route({ from: { x: start.x + start.width / 2, y: start.y + start.height }, side: "bottom", to: entryOf(rect), source: startId, target }, obstacles) : null;
}

const isBeside = (source: Rect, target: Rect) => target.x - source.x - source.width > 8 && target.y > source.y && target.y + target.height < source.y + source.height;

function startRect(playbook: Playbook, rects: ReadonlyMap<string, Rect>, folded: ReadonlyMap<string, string>, label: string): Rect {
  const width = pillWidth(label);
  const first = [...new Set(playbook.start.map((id) => folded.get(id) ?? id))].flatMap((id) => rects.get(id) ?? []);
  if (first.length === 0) {
    const all = boundsOf(rects.values());
    return { x: all.x + all.width / 2 - width / 2, y: all.y - pillGap - 28, width, height: 28 };
  }
  const middle = first.reduce((sum, rect) => sum + rect.x + rect.width / 2, 0) / first.length;
  const top = Math.min(...first.map((rect) => rect.y));
  return { x: middle - width / 2, y: top - 28 - (first.length > 1 ? pillGap : startGap), width, height: 28 };
}

const samePoints = (a: readonly Point[], b: readonly Point[]) => a.length === b.length && a.every((point, index) => point.x === b[index]?.x && point.y === b[index]?.y);
