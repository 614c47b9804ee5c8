import { useReactFlow } from "@xyflow/react";
import { type RefObject, useEffect, useMemo, useRef } from "react";
import { boundsOf, type Point, type Rect } from "./geometry.ts";
import type { Scene } from "./scene.ts";

export const leastZoom = 0.02;
const readableZoom = 0.8;
const wholeFromZoom = 0.62;

/** What a page may ask of the canvas. */
export interface CanvasApi {
  readonly fit: () => void;
  /** Brings a step into view; `gently` moves only when it is outside. */
  readonly show: (id: string, gently?: boolean) => void;
  /** Brings all of these into view, as near as that allows. */
  readonly fitTo: (rects: readonly Rect[]) => void;
  readonly middle: () => Point;
}

/** Moves the view: to the whole playbook, to a step. When `ready`, the playbook is shown for the first time: whole when it can then be read, else from its start. */
export function useView(box: RefObject<HTMLElement | null>, scene: RefObject<Scene | undefined>, notes: readonly Rect[], ready: boolean): CanvasApi {
  const flow = useReactFlow();
  const latestNotes = useRef(notes);
  useEffect(() => {
    latestNotes.current = notes;
  }, [notes]);
  const opened = useRef(false);
  /** The step to show, asked for before there was anything to see. */
  const wanted = useRef<string | null>(null);

  const { open, api } = useMemo(() => {
    const size = () => box.current?.getBoundingClientRect() ?? new DOMRect();
    const whole = () => boundsOf(scene.current ? [...scene.current.rects.values(), scene.current.start, ...latestNotes.current] : []);
    const fitArea = (area: Rect, most: number, duration: number) => {
      const { width, height } = size();
      if (width === 0) return;
      const zoom = Math.max(leastZoom, Math.min(most, (width - 96) / Math.max(area.width, 1), (height - 48) / Math.max(area.height, 1)));
      void flow.setViewport({ x: width / 2 - (area.x + area.width / 2) * zoom, y: Math.max(24, (height - area.height * zoom) / 2) - area.y * zoom, zoom }, { duration });
    };
    const show = (id: string, gently = false) => {
      const rect = scene.current?.rects.get(id);
      const { width, height } = size();
      if (!opened.current || !rect || width === 0) {
        wanted.current = id;
        return;
      }
      const { x, y, zoom } = flow.getViewport();
      const left = rect.x * zoom + x;
      const top = rect.y * zoom + y;
      if (gently && left > 16 && top > 16 && left + rect.width * zoom < width - 16 && top + rect.height * zoom < height - 16) return;
      void flow.setCenter(rect.x + rect.width / 2, rect.y + rect.height / 2, { zoom: gently ? zoom : Math.max(zoom, readableZoom), duration: 200 });
    };
    return {
      open: () => {
        const area = whole();
        const { width, height } = size();
        const start = scene.current?.start;
        if (!start || width === 0) return;
        if (Math.min(1, (width - 96) / Math.max(area.width, 1), (height - 40) / Math.max(area.height, 1)) >= wholeFromZoom) return fitArea(area, 1, 0);
        const middle = area.width * readableZoom > width - 64 ? start.x + start.width / 2 : area.x + area.width / 2;
        void flow.setViewport({ x: width / 2 - middle * readableZoom, y: 24 - area.y * readableZoom, zoom: readableZoom });
      },
      api: {
        fit: () => fitArea(whole(), 1, 200),
        fitTo: (rects: readonly Rect[]) => {
          if (rects.length > 0) fitArea(boundsOf(rects), 1.25, 200);
        },
        show,
        middle: () => {
          const { left, top, width, height } = size();
          return flow.screenToFlowPosition({ x: left + width / 2, y: top + height / 2 });
        },
      },
    };
  }, [box, scene, flow]);

  useEffect(() => {
    if (opened.current || !ready) return;
    opened.current = true;
    open();
    if (wanted.current !== null) api.show(wanted.current, true);
  }, [ready, open, api]);
  return api;
}
