import type { Playbook, Step } from "@drawbridge/playbook";
import { type Node, Position } from "@xyflow/react";
import type { Rect } from "./geometry.ts";
import { portsOf } from "./geometry.ts";
import type { GroupNodeType } from "./GroupNode.tsx";
import type { NoteNodeType } from "./NoteNode.tsx";
import type { EndNodeType, StartNodeType } from "./PillNode.tsx";
import { type DrawnGroup, groupPrefix } from "./groups.ts";
import { type Scene, startId } from "./scene.ts";
import { sideNotes, type SideNoteType } from "./SideNote.tsx";
import { spokenName, type StepNodeType } from "./StepNode.tsx";
import type { ChangeKind, StepProblems, StepView } from "./step-view.ts";
import type { InView } from "./use-in-view.ts";

/** A step out of view at which a connection in view ends: a place and nothing to see. */
type EndOfWayType = Node<Record<string, unknown>, "end-of-way">;
export type CanvasNode = EndOfWayType | StepNodeType | EndNodeType | StartNodeType | NoteNodeType | GroupNodeType | SideNoteType;

export const notePrefix = "$note:";

export interface NodesInput {
  readonly playbook: Playbook;
  readonly scene: Scene;
  readonly mode: "edit" | "run";
  readonly selection: ReadonlySet<string>;
  readonly stepViews: ((id: string) => StepView | undefined) | undefined;
  readonly problems: ReadonlyMap<string, StepProblems> | undefined;
  readonly breakpoints: ReadonlySet<string> | undefined;
  /** What became of a step, a note or a group, by its id on the canvas. */
  readonly changeOf: ((id: string) => ChangeKind | undefined) | undefined;
  readonly startLabel: string;
  readonly startStatus: StepView["status"] | undefined;
  /** What to make elements of; null is everything. */
  readonly inView: InView | null;
  readonly notePlaces: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
}

const half = 0.5;

/** The nodes to draw. A node whose step, place, selection and state are as before keeps its identity, so that nothing of it is drawn again. */
export function nodesOf(input: NodesInput, cache: Map<string, { readonly key: readonly unknown[]; readonly node: CanvasNode }>): CanvasNode[] {
  const { playbook, scene, mode, selection, stepViews, problems, breakpoints, changeOf, inView } = input;
  const nodes: CanvasNode[] = [];
  const keep = (id: string, key: readonly unknown[], make: () => CanvasNode) => {
    const known = cache.get(id);
    if (known && known.key.length === key.length && known.key.every((part, index) => Object.is(part, key[index]))) return nodes.push(known.node);
    const node = make();
    cache.set(id, { key, node });
    return nodes.push(node);
  };

  const start = scene.start;
  keep(startId, [start.x, start.y, start.width, input.startLabel, input.startStatus, mode], () => ({
    id: startId,
    type: "start",
    data: { label: input.startLabel, triggered: (playbook.triggers?.length ?? 0) > 0, status: input.startStatus },
    ...still,
    handles: [{ id: "start", type: "source", position: Position.Bottom, x: start.width * half, y: start.height, width: 1, height: 1 }],
    ...placed(start),
  }));

  for (const id of scene.order) {
    const step = playbook.steps[id];
    const rect = scene.rects.get(id);
    const folded = scene.groups.get(id);
    if (folded) {
      keep(id, [folded.name, folded.members.length, folded.into, folded.out, rect?.x, rect?.y, selection.has(id), mode], () => groupNode(folded, selection.has(id), mode));
      continue;
    }
    if (!step || !rect) continue;
    if (inView && !inView.steps.has(id)) {
      if (inView.ends.has(id))
        keep(id, [step, rect.x, rect.y], () => ({ id, type: "end-of-way", data: {}, className: "canvas-unseen", ...still, handles: handlesOf(step, rect), ...placed(rect) }));
      continue;
    }
    const view = stepViews?.(id);
    const found = problems?.get(id);
    const stopped = breakpoints?.has(id) ?? false;
    const chosen = selection.has(id);
    const change = changeOf?.(id);
    keep(id, [step, rect.x, rect.y, chosen, found, stopped, mode, change, ...viewKey(view)], () => {
      const shared = {
        id,
        selected: chosen,
        ariaLabel: spokenName(step, view, found, change),
        domAttributes: { "data-step-id": id, "data-status": view?.status, "data-kind": step.kind, "data-change": change } as NonNullable<CanvasNode["domAttributes"]>,
        draggable: mode === "edit",
        handles: handlesOf(step, rect),
        ...placed(rect),
      };
      return step.kind === "end"
        ? { ...shared, type: "end", data: { step, view, problems: found, change } }
        : { ...shared, type: "step", data: { step, view, problems: found, breakpoint: stopped, change } };
    });
  }

  for (const [id, group] of scene.groups) {
    if (group.folded) continue;
    const { x, y, width, height } = group.rect;
    keep(id, [group.name, group.members.length, x, y, width, height, selection.has(id), mode], () => groupNode(group, selection.has(id), mode));
  }

  for (const [id, note] of Object.entries(playbook.notes ?? {})) {
    const place = input.notePlaces.get(id) ?? note;
    const nodeId = notePrefix + id;
    const chosen = selection.has(nodeId);
    const change = changeOf?.(nodeId);
    keep(nodeId, [note, place.x, place.y, chosen, mode, change], () => ({
      id: nodeId,
      type: "note",
      data: { id, text: note.text, change },
      selected: chosen,
      ariaLabel: `Note: ${note.text.slice(0, 80)}`,
      draggable: mode === "edit",
      selectable: mode === "edit",
      zIndex: -1,
      ...placed({ x: place.x, y: place.y, width: note.width, height: note.height }),
    }));
  }

  if (stepViews && mode === "run")
    for (const { id, rect, data } of sideNotes(scene, stepViews))
      keep(`$side:${id}`, [rect.x, rect.y, data.title, data.text], () => ({
        id: `$side:${id}`,
        type: "side",
        data,
        ...still,
        ...placed(rect),
      }));
  return nodes;
}

function groupNode(group: DrawnGroup, selected: boolean, mode: "edit" | "run"): GroupNodeType {
  const { id, name, members, folded, rect, into, out } = group;
  return {
    id,
    type: "group-of-steps",
    className: folded ? "" : "canvas-group-frame",
    data: { group: id.slice(groupPrefix.length), name, count: members.length, folded, into, out },
    selected,
    ariaLabel: `Group ${name}, ${members.length} steps, ${folded ? `folded, ${into} in, ${out} out` : "open"}`,
    domAttributes: { "data-group-id": id.slice(groupPrefix.length), ...(folded && { "data-step-id": id }) } as NonNullable<GroupNodeType["domAttributes"]>,
    draggable: mode === "edit",
    selectable: mode === "edit",
    zIndex: folded ? 0 : -2,
    ...(folded && {
      handles: [
        { id: "in", type: "target" as const, position: Position.Top, x: rect.width * half, y: 0, width: 1, height: 1 },
        { id: "out", type: "source" as const, position: Position.Bottom, x: rect.width * half, y: rect.height, width: 1, height: 1 },
      ],
    }),
    ...placed(rect),
  };
}

const still = { draggable: false, selectable: false, focusable: false };

const handlesOf = (step: Step, rect: Rect) => [
  { id: "in", type: "target" as const, position: Position.Top, x: rect.width * half, y: 0, width: 1, height: 1 },
  ...portsOf(step).map((port) => ({
    id: port.way,
    type: "source" as const,
    position: port.side === "bottom" ? Position.Bottom : Position.Right,
    x: port.x,
    y: port.y,
    width: 1,
    height: 1,
  })),
];

const placed = ({ x, y, width, height }: Rect) => ({ position: { x, y }, width, height, measured: { width, height } });

/** What decides whether a card looks different; times tick, so they are compared by value. */
function viewKey(view: StepView | undefined): unknown[] {
  if (!view) return [undefined];
  return [
    view.status,
    view.word,
    view.time,
    view.attempts,
    view.poll?.count,
    view.poll?.text,
    view.items?.total,
    view.items?.succeeded,
    view.items?.failed,
    view.error?.message,
    view.error?.handled,
    view.because,
    view.way,
    view.hidden,
  ];
}
