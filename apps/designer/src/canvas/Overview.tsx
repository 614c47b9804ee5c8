import { Panel, useReactFlow, useStoreApi } from "@xyflow/react";
import { memo, type PointerEvent, useEffect, useMemo, useRef } from "react";
import type { FarBlock } from "./far-drawing.ts";
import { boundsOf, type Point, type Rect } from "./geometry.ts";
import { colorsAt, groupedBy } from "./paint.ts";
import { useViewChange, type ViewNow } from "./use-view-change.ts";

const size = { width: 128, height: 112 };
const inset = 6;

/** The whole playbook small, with the part that is in view; press or drag to go there. */
export const Overview = memo(function Overview({ blocks, notes }: { blocks: readonly FarBlock[]; notes: readonly Rect[] }) {
  const flow = useReactFlow();
  const store = useStoreApi();
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const map = useMemo(() => {
    const whole = boundsOf([...blocks.map((block) => block.rect), ...notes]);
    const scale = Math.min((size.width - 2 * inset) / Math.max(whole.width, 1), (size.height - 2 * inset) / Math.max(whole.height, 1), 0.2);
    return { scale, x: size.width / 2 - (whole.x + whole.width / 2) * scale, y: size.height / 2 - (whole.y + whole.height / 2) * scale };
  }, [blocks, notes]);

  const place = ({ x, y, zoom, width, height }: ViewNow) => {
    const { current } = frame;
    if (!current) return;
    Object.assign(current.style, {
      transform: `translate(${(-x / zoom) * map.scale + map.x}px, ${(-y / zoom) * map.scale + map.y}px)`,
      width: `${(width / zoom) * map.scale}px`,
      height: `${(height / zoom) * map.scale}px`,
    });
  };
  useViewChange(place);
  useEffect(() => {
    const { transform, width, height } = store.getState();
    place({ x: transform[0], y: transform[1], zoom: transform[2], width, height });
  });

  useEffect(() => {
    const { current } = canvas;
    const context = current?.getContext("2d");
    if (!current || !context) return;
    const paint = () => {
      const ratio = window.devicePixelRatio;
      current.width = size.width * ratio;
      current.height = size.height * ratio;
      const color = colorsAt(current);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.fillStyle = color("--wait-soft");
      const dot = ({ x, y, width, height }: Rect) =>
        context.fillRect(x * map.scale + map.x, y * map.scale + map.y, Math.max(width * map.scale, 1.5), Math.max(height * map.scale, 1.5));
      notes.forEach(dot);
      for (const [token, alike] of groupedBy(blocks, (block) => block.dot)) {
        context.fillStyle = color(token);
        for (const { rect } of alike) dot(rect);
      }
    };
    paint();
    const themes = new MutationObserver(paint);
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ["data-mantine-color-scheme"] });
    return () => themes.disconnect();
  }, [blocks, notes, map]);

  const go = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at: Point = { x: (event.clientX - box.left - map.x) / map.scale, y: (event.clientY - box.top - map.y) / map.scale };
    void flow.setCenter(at.x, at.y, { zoom: flow.getZoom() });
  };
  return (
    <Panel position="bottom-right" className="canvas-overview">
      <div
        role="img"
        aria-label="Overview"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          go(event);
        }}
        onPointerMove={(event) => event.buttons === 1 && go(event)}
        onWheel={(event) => void (event.deltaY > 0 ? flow.zoomOut() : flow.zoomIn())}
      >
        <canvas ref={canvas} aria-hidden />
        <div ref={frame} className="canvas-overview-frame" />
      </div>
    </Panel>
  );
});
