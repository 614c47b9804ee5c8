import { useReactFlow } from "@xyflow/react";
import { type MouseEvent, type PointerEvent, type RefObject, useRef, useState } from "react";
import type { Point, Rect } from "./geometry.ts";
import { stepAt, stepsIn } from "./hit.ts";
import type { Scene } from "./scene.ts";

const grid = 8;
const dragStart = 3;

interface Drag {
  readonly from: Point;
  readonly starts: ReadonlyMap<string, Point> | null;
  moved: boolean;
}

export interface FarPointer {
  readonly onPointerDownCapture: (event: PointerEvent) => void;
  readonly onMouseDownCapture: (event: MouseEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: (event: PointerEvent) => void;
  readonly onDoubleClick: (event: MouseEvent) => void;
}

const isMany = (event: MouseEvent | PointerEvent) => event.shiftKey || event.ctrlKey || event.metaKey;

/** What the pointer does while steps are not elements: choose by pressing or by a frame (Shift), drag, open. All else is React Flow's. */
export function useFarPointer(
  box: RefObject<HTMLElement | null>,
  scene: RefObject<Scene | undefined>,
  wanted: {
    readonly selection: readonly string[];
    readonly onSelect: (ids: readonly string[]) => void;
    readonly onOpen: (id: string) => void;
    readonly onDrag: ((moves: ReadonlyMap<string, Point>, over: boolean) => void) | null;
    readonly nameOf: (id: string) => string | undefined;
  },
): { readonly handlers: FarPointer; readonly frame: Rect | null; readonly press: (event: MouseEvent | globalThis.MouseEvent) => boolean } {
  const flow = useReactFlow();
  const drag = useRef<Drag | null>(null);
  const suppressed = useRef(false);
  const [frame, setFrame] = useState<Rect | null>(null);
  const placeOf = (event: { clientX: number; clientY: number }) => flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
  const hit = (event: { clientX: number; clientY: number }) => (scene.current ? stepAt(scene.current, placeOf(event)) : null);
  const onLayer = (event: { target: EventTarget | null }) => event.target instanceof Element && event.target.closest(".react-flow__pane") !== null;

  const movesOf = (event: PointerEvent, starts: ReadonlyMap<string, Point>, from: Point): Map<string, Point> => {
    const at = placeOf(event);
    const [dx, dy] = [Math.round((at.x - from.x) / grid) * grid, Math.round((at.y - from.y) / grid) * grid];
    return new Map([...starts].map(([id, place]) => [id, { x: place.x + dx, y: place.y + dy }]));
  };
  const handlers: FarPointer = {
    onPointerDownCapture: (event) => {
      suppressed.current = false;
      if (event.button !== 0 || !event.isPrimary || event.pointerType === "touch" || !onLayer(event)) return;
      const id = hit(event);
      const framing = id === null && event.shiftKey;
      if (!framing && (id === null || !wanted.onDrag || isMany(event))) return;
      const rects = scene.current?.rects;
      const chosen = id !== null && wanted.selection.includes(id) ? wanted.selection : id === null ? [] : [id];
      drag.current = {
        from: placeOf(event),
        starts: framing || !rects ? null : new Map(chosen.flatMap((each) => (rects.has(each) ? [[each, rects.get(each) as Rect]] : []))),
        moved: false,
      };
      box.current?.setPointerCapture(event.pointerId);
      event.stopPropagation();
    },
    onMouseDownCapture: (event) => {
      if (drag.current) event.stopPropagation();
    },
    onPointerMove: (event) => {
      const { current } = drag;
      if (!current) {
        if (!box.current || event.buttons !== 0) return;
        const id = onLayer(event) ? hit(event) : null;
        box.current.toggleAttribute("data-over-step", id !== null);
        box.current.title = id === null ? "" : (wanted.nameOf(id) ?? "");
        return;
      }
      const at = placeOf(event);
      if (!current.moved && Math.hypot(at.x - current.from.x, at.y - current.from.y) * flow.getZoom() < dragStart) return;
      current.moved = true;
      if (current.starts) wanted.onDrag?.(movesOf(event, current.starts, current.from), false);
      else setFrame({ x: Math.min(at.x, current.from.x), y: Math.min(at.y, current.from.y), width: Math.abs(at.x - current.from.x), height: Math.abs(at.y - current.from.y) });
    },
    onPointerUp: (event) => {
      const { current } = drag;
      drag.current = null;
      if (!current) return;
      box.current?.releasePointerCapture(event.pointerId);
      suppressed.current = current.moved;
      if (current.moved && current.starts) wanted.onDrag?.(movesOf(event, current.starts, current.from), true);
      else if (frame && scene.current) wanted.onSelect([...new Set([...wanted.selection, ...stepsIn(scene.current, frame)])]);
      else if (!current.moved) press(event);
      setFrame(null);
    },
    onDoubleClick: (event) => {
      const id = onLayer(event) ? hit(event) : null;
      if (id !== null) wanted.onOpen(id);
    },
  };
  /** A press on the canvas: chooses what is there; tells whether it meant something. */
  const press = (event: MouseEvent | globalThis.MouseEvent): boolean => {
    if (suppressed.current) return true;
    const id = hit(event);
    if (id === null) return false;
    suppressed.current = true;
    const { selection } = wanted;
    wanted.onSelect(!event.shiftKey && !event.ctrlKey && !event.metaKey ? [id] : selection.includes(id) ? selection.filter((each) => each !== id) : [...selection, id]);
    return true;
  };
  return { handlers, frame, press };
}
