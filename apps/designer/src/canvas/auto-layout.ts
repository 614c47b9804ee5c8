import { type EdgeLabel, type Graph, type GraphLabel, graphlib, layout as dagreLayout, type NodeLabel, type OrderConstraint } from "@dagrejs/dagre";
import { type Playbook, type Step, type Way, waysOf } from "@drawbridge/playbook";
import { flowOrder } from "./flow-order.ts";
import { type Point, sizeOf } from "./geometry.ts";

type LayoutGraph = Graph<GraphLabel, NodeLabel, EdgeLabel>;

const rowGap = 24;
const columnGap = 16;
const grid = 4;
const endGap = 36;
const exceptionRoom = 28;

/** Where each step goes: in layers from top to bottom, branches from left to right in their order. */
export function autoLayout(playbook: Playbook): Record<string, Point> {
  const order = flowOrder(playbook);
  const beside = endsBeside(playbook);
  const graph = new graphlib.Graph({ multigraph: false })
    .setGraph({ rankdir: "TB", ranksep: rowGap, nodesep: columnGap, edgesep: columnGap, rankalign: "top", ranker: soonest })
    .setDefaultEdgeLabel(() => ({}));
  for (const id of order) {
    const step = playbook.steps[id];
    if (!step || beside.has(id)) continue;
    const size = sizeOf(step);
    const end = endOf(step, beside, playbook);
    const besides = end ? sizeOf(end.step).width + endGap : waysOf(step).some((way) => isException(way) && way.next.length > 0) ? exceptionRoom : 0;
    graph.setNode(id, { width: size.width + 2 * besides, height: size.height });
  }
  const placed = new Map(order.map((id, index) => [id, index]));
  const constraints: OrderConstraint[] = [];
  for (const id of order) {
    const step = playbook.steps[id];
    if (!step) continue;
    let before: string | undefined;
    for (const way of waysOf(step))
      for (const next of way.next) {
        if (!graph.hasNode(next) || !graph.hasNode(id) || next === id) continue;
        if (!graph.hasEdge(id, next)) graph.setEdge(id, next, { weight: isException(way) ? 1 : 2 });
        if (before !== undefined && before !== next && (placed.get(before) ?? 0) < (placed.get(next) ?? 0)) constraints.push({ left: before, right: next });
        before = next;
      }
  }
  dagreLayout(graph, { constraints });
  const positions: Record<string, Point> = {};
  for (const id of order) {
    const step = playbook.steps[id];
    const node = graph.hasNode(id) ? (graph.node(id) as { x?: number; y?: number; height: number }) : undefined;
    if (!step || node?.x === undefined || node.y === undefined) continue;
    const size = sizeOf(step);
    positions[id] = { x: snap(node.x - size.width / 2), y: snap(node.y - size.height / 2) };
  }
  makeRoomForExceptions(playbook, order, positions);
  for (const [end, parent] of beside) {
    const [at, step, own] = [positions[parent], playbook.steps[parent], playbook.steps[end]];
    if (at && step && own) positions[end] = { x: at.x + sizeOf(step).width + endGap, y: at.y + 24 - sizeOf(own).height / 2 };
  }
  return fromOrigin(positions);
}

/** Ranks every step as early as what leads to it allows, so that what can happen together stands in one row. */
function soonest(graph: LayoutGraph): void {
  const left = new Map(graph.nodes().map((id) => [id, graph.inEdges(id)?.length ?? 0]));
  const ready = graph.nodes().filter((id) => left.get(id) === 0);
  for (const id of ready) graph.node(id).rank = Math.max(0, ...(graph.inEdges(id) ?? []).map((edge) => (graph.node(edge.v).rank ?? 0) + (graph.edge(edge).minlen ?? 1)));
  for (let index = 0; index < ready.length; index += 1)
    for (const edge of graph.outEdges(ready[index] ?? "") ?? []) {
      const rest = (left.get(edge.w) ?? 1) - 1;
      left.set(edge.w, rest);
      if (rest > 0) continue;
      graph.node(edge.w).rank = Math.max(...(graph.inEdges(edge.w) ?? []).map((each) => (graph.node(each.v).rank ?? 0) + (graph.edge(each).minlen ?? 1)));
      ready.push(edge.w);
    }
}

/** Moves what only an error or limit way leads to, and all right of it, so far to the right that the way has room for its name. */
function makeRoomForExceptions(playbook: Playbook, order: readonly string[], positions: Record<string, Point>): void {
  const waysIn = new Map<string, number>();
  for (const step of Object.values(playbook.steps)) for (const way of waysOf(step)) for (const next of way.next) waysIn.set(next, (waysIn.get(next) ?? 0) + 1);
  const room = 104;
  for (const id of order) {
    const [step, from] = [playbook.steps[id], positions[id]];
    if (!step || !from) continue;
    for (const way of waysOf(step)) {
      if (!isException(way)) continue;
      for (const next of way.next) {
        const [target, to] = [playbook.steps[next], positions[next]];
        if (!target || !to || waysIn.get(next) !== 1 || to.y <= from.y) continue;
        const short = snap(from.x + sizeOf(step).width + room - (to.x + sizeOf(target).width / 2));
        if (short <= 0) continue;
        const rows = new Map<number, number>([[to.y, to.x]]);
        for (let tail = onlyNext(playbook, next, waysIn); tail !== null; tail = onlyNext(playbook, tail, waysIn)) {
          const place = positions[tail];
          if (place && !rows.has(place.y)) rows.set(place.y, place.x);
        }
        for (const [each, place] of Object.entries(positions)) if (place.x >= (rows.get(place.y) ?? Infinity)) positions[each] = { x: place.x + short, y: place.y };
      }
    }
  }
}

function onlyNext(playbook: Playbook, id: string, waysIn: ReadonlyMap<string, number>): string | null {
  const step = playbook.steps[id];
  const targets = step ? waysOf(step).flatMap((way) => way.next) : [];
  const [next] = targets;
  return targets.length === 1 && next !== undefined && waysIn.get(next) === 1 ? next : null;
}

const isException = (way: Way) => way.kind === "error" || way.kind === "limit";
const snap = (value: number) => Math.round(value / grid) * grid;

/** Ends that stand beside the only step that leads to them, as a short full stop rather than a row of their own. */
function endsBeside(playbook: Playbook): Map<string, string> {
  const from = new Map<string, string[]>();
  for (const [id, step] of Object.entries(playbook.steps))
    for (const way of waysOf(step)) for (const next of way.next) from.set(next, [...(from.get(next) ?? []), `${id} ${way.id}`]);
  const found = new Map<string, string>();
  for (const [id, ways] of from) {
    const [parent = "", way] = ways[0]?.split(" ") ?? [];
    const step = playbook.steps[parent];
    const onlyWay = step && waysOf(step).length === 1 && waysOf(step)[0]?.next.length === 1;
    if (ways.length === 1 && way === "next" && onlyWay && playbook.steps[id]?.kind === "end" && !playbook.start.includes(id)) found.set(id, parent);
  }
  return found;
}

function endOf(step: Step, beside: ReadonlyMap<string, string>, playbook: Playbook): { readonly id: string; readonly step: Step } | null {
  const [way] = waysOf(step);
  const id = way?.next[0];
  const end = id === undefined ? undefined : playbook.steps[id];
  return id !== undefined && end && beside.has(id) && playbook.steps[beside.get(id) ?? ""] === step ? { id, step: end } : null;
}

function fromOrigin(positions: Record<string, Point>): Record<string, Point> {
  const all = Object.values(positions);
  const left = Math.min(...all.map((point) => point.x), Infinity);
  const top = Math.min(...all.map((point) => point.y), Infinity);
  return Object.fromEntries(Object.entries(positions).map(([id, point]) => [id, { x: point.x - left, y: point.y - top + 64 }]));
}
