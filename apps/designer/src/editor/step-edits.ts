import { type Edit, freeStepId, graphOf, type Json, type Playbook, type Step, stepTemplate, waysOf } from "@drawbridge/playbook";
import type { Point } from "../canvas/geometry.ts";
import { sizeOf } from "../canvas/geometry.ts";
import { type Connected } from "../canvas/PlaybookCanvas.tsx";
import { startId } from "../canvas/scene.ts";
import type { StepCatalog } from "../steps/step-catalog.ts";
import { joining } from "./group-edits.ts";
import type { PaletteItem } from "./palette-item.ts";
import { settling } from "./settling.ts";

/** Edits that put a new step in place, and the id that it gets. */
export interface Placed {
  readonly id: string;
  readonly edits: readonly Edit[];
}

const rowGap = 24;
const columnGap = 16;
const grid = 8;

/** A new step for a palette item, with the only connection that fits and the defaults of its action. */
export function newStep(item: Pick<PaletteItem, "kind" | "action" | "title">, catalog: StepCatalog): Step {
  const step = stepTemplate(item.kind);
  if (step.kind !== "action") return step.kind === "call" && catalog.playbooks[0] ? { ...step, playbook: catalog.playbooks[0].id } : step;
  const first = item.action ?? [...catalog.actions.keys()][0] ?? step.action;
  const integration = first.split(".")[0] ?? "";
  const connections = catalog.connections.filter((each) => each.integration === integration);
  const [only] = connections;
  return { ...step, name: catalog.actions.get(first)?.title ?? item.title, action: first, ...(connections.length === 1 && only && { connection: only.id }) };
}

const asJson = (step: Step): Json => step as unknown as Json;
const idFor = (playbook: Playbook, step: Step) => freeStepId(playbook, step.name);

/** Adds a step at a place of the canvas; alone. */
export function addAt(playbook: Playbook, step: Step, at: Point): Placed {
  const id = idFor(playbook, step);
  const { width, height } = sizeOf(step);
  return {
    id,
    edits: [{ type: "add-step", params: { id, step: asJson(step), ...placeParam(freePlace(playbook, { x: snap(at.x - width / 2), y: snap(at.y - Math.min(height, 48) / 2) })) } }],
  };
}

/** Adds a step that follows a way of another: before what followed it, when there was just that, else beside. */
export function addAfter(playbook: Playbook, step: Step, from: string, wayId?: string, at?: Point): Placed {
  const id = idFor(playbook, step);
  if (from === startId)
    return {
      id,
      edits: [
        { type: "add-step", params: { id, step: asJson(step), ...placeParam(at ?? belowAll(playbook, step)) } },
        { type: "set-start", params: { steps: [...playbook.start, id] } },
      ],
    };
  const before = playbook.steps[from];
  const ways = before ? waysOf(before) : [];
  const way =
    wayId === undefined ? (ways.find((each) => each.next.length === 0 && each.kind !== "error" && each.kind !== "limit") ?? ways[0]) : ways.find((each) => each.id === wayId);
  const chosen = wayId ?? way?.id ?? "next";
  const [only] = way?.next ?? [];
  if (wayId === undefined && way?.next.length === 1 && only !== undefined && waysOf(step).length > 0) return insertOn(playbook, step, { from, way: way.id, to: only });
  const place = at ? { x: snap(at.x - sizeOf(step).width / 2), y: snap(at.y) } : below(playbook, from, step);
  return {
    id,
    edits: [
      { type: "add-step", params: { id, step: asJson(step), ...placeParam(place) } },
      ...(before && before.kind !== "end" ? [{ type: "connect-steps", params: { from, way: chosen, to: id } }] : []),
      ...joining(playbook, id, [from]),
    ],
  };
}

/** Puts a step on a connection, where the next one stood; what has no room there any more moves down, and nothing else. */
export function insertOn(playbook: Playbook, step: Step, { from, way, to }: Connected): Placed {
  const id = idFor(playbook, step);
  const [target, targetStep] = [playbook.layout?.[to], playbook.steps[to]];
  const place = placeParam(target && targetStep && { x: snap(target.x + sizeOf(targetStep).width / 2 - sizeOf(step).width / 2), y: target.y });
  const edits: Edit[] =
    from === startId
      ? [
          { type: "add-step", params: { id, step: asJson(step), ...place } },
          { type: "connect-steps", params: { from: id, way: waysOf(step)[0]?.id ?? "next", to } },
          { type: "set-start", params: { steps: playbook.start.map((each) => (each === to ? id : each)) } },
        ]
      : [{ type: "insert-step-on-way", params: { id, step: asJson(step), from, way, to, ...place } }, ...joining(playbook, id, [from, to])];
  return { id, edits: [...edits, ...settling(playbook, edits, [id])] };
}

/** Connects, also from the start pill. */
export function connect(playbook: Playbook, { from, way, to }: Connected): Edit {
  return from === startId ? { type: "set-start", params: { steps: [...playbook.start, to] } } : { type: "connect-steps", params: { from, way, to } };
}

/** Disconnects, also from the start pill. */
export function disconnect(playbook: Playbook, { from, way, to }: Connected): Edit {
  return from === startId ? { type: "set-start", params: { steps: playbook.start.filter((each) => each !== to) } } : { type: "disconnect-steps", params: { from, way, to } };
}

/** Whether a connection would lead back to where it came from. */
export function canConnect(playbook: Playbook, from: string, to: string): boolean {
  if (from === to || !Object.hasOwn(playbook.steps, to)) return false;
  if (from === startId) return !playbook.start.includes(to);
  const open = [to];
  const seen = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === from) return false;
    const step = playbook.steps[id];
    if (!step || seen.has(id)) continue;
    seen.add(id);
    open.push(...waysOf(step).flatMap((way) => way.next));
  }
  return true;
}

/** Every step that a step may lead to. */
export function connectable(playbook: Playbook, from: string): [string, Step][] {
  const before = from === startId ? new Set<string>() : graphOf(playbook).ancestors(from);
  return Object.entries(playbook.steps).filter(([id]) => id !== from && !before.has(id));
}

function below(playbook: Playbook, from: string, step: Step): Point | undefined {
  const before = playbook.steps[from];
  const place = playbook.layout?.[from];
  if (!before || !place) return undefined;
  const size = sizeOf(before);
  return freePlace(playbook, { x: snap(place.x + size.width / 2 - sizeOf(step).width / 2), y: snap(place.y + size.height + rowGap) });
}

function belowAll(playbook: Playbook, step: Step): Point {
  const places = Object.entries(playbook.layout ?? {}).flatMap(([id, at]) => (playbook.steps[id] ? [{ ...at, bottom: at.y + sizeOf(playbook.steps[id]).height }] : []));
  const first = playbook.layout?.[playbook.start[0] ?? ""] ?? places[0];
  return first ? freePlace(playbook, { x: first.x, y: first.y }) : { x: -sizeOf(step).width / 2, y: 64 };
}

/** The nearest place to the right where no card lies. */
function freePlace(playbook: Playbook, at: Point): Point {
  const rects = Object.entries(playbook.layout ?? {}).flatMap(([id, place]) => (playbook.steps[id] ? [{ ...place, ...sizeOf(playbook.steps[id]) }] : []));
  let { x } = at;
  for (let tries = 0; tries < 200; tries += 1) {
    const covered = rects.find((rect) => rect.x < x + 200 && x < rect.x + rect.width && rect.y < at.y + 48 && at.y < rect.y + rect.height);
    if (!covered) return { x, y: at.y };
    x = snap(covered.x + covered.width + columnGap);
  }
  return { x, y: at.y };
}

const snap = (value: number) => Math.round(value / grid) * grid;
const placeParam = (at: Point | undefined) => (at ? { position: { x: at.x, y: at.y } } : {});
