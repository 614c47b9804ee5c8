import { type KeyboardEvent, memo, useCallback, useEffect, useRef } from "react";
import type { FarBlock, FarLines } from "./far-drawing.ts";
import type { Rect } from "./geometry.ts";
import { colorsAt, paintFar, type PaintedView } from "./paint.ts";
import { useViewChange, type ViewNow } from "./use-view-change.ts";

const margin = 0.5;
const restMs = 140;
const mostStretch = 1.6;

/** All steps on one canvas, for when so many are in view that each is a small block. While the view moves, what is painted is only moved and stretched. */
export const FarLayer = memo(function FarLayer({
  blocks,
  lines,
  notes,
  active,
  onGo,
  onOpen,
}: {
  blocks: readonly FarBlock[];
  lines: readonly FarLines[];
  notes: readonly Rect[];
  /** The step that arrow keys move on from. */
  active: string | null;
  onGo: (id: string) => void;
  onOpen: (id: string) => void;
}) {
  const element = useRef<HTMLCanvasElement>(null);
  const painted = useRef<PaintedView | null>(null);
  const seen = useRef<ViewNow | null>(null);
  const resting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const paint = useCallback(() => {
    const canvas = element.current;
    const view = seen.current;
    const context = canvas?.getContext("2d");
    if (!canvas || !context || !view || view.width === 0) return;
    const ratio = window.devicePixelRatio;
    const [left, top] = [Math.round(view.width * margin), Math.round(view.height * margin)];
    const [width, height] = [Math.round((view.width + 2 * left) * ratio), Math.round((view.height + 2 * top) * ratio)];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const area = { x: (-left - view.x) / view.zoom, y: (-top - view.y) / view.zoom, width: (view.width + 2 * left) / view.zoom, height: (view.height + 2 * top) / view.zoom };
    paintFar(context, { blocks, lines, notes }, { x: view.x + left, y: view.y + top, zoom: view.zoom }, area, ratio, colorsAt(canvas));
    painted.current = view;
    Object.assign(canvas.style, {
      left: `${-left}px`,
      top: `${-top}px`,
      width: `${width / ratio}px`,
      height: `${height / ratio}px`,
      transformOrigin: `${left}px ${top}px`,
      transform: "translate(0, 0)",
    });
  }, [blocks, lines, notes]);

  useViewChange((view) => {
    seen.current = view;
    clearTimeout(resting.current);
    const old = painted.current;
    const stretch = old ? view.zoom / old.zoom : 0;
    const [x, y] = old ? [view.x - old.x * stretch, view.y - old.y * stretch] : [0, 0];
    if (!old || stretch > mostStretch || stretch < 1 / mostStretch || !covers(view, x, y, stretch)) return paint();
    if (element.current) element.current.style.transform = `translate(${x}px, ${y}px) scale(${stretch})`;
    if (stretch !== 1) resting.current = setTimeout(paint, restMs);
  });
  useEffect(paint, [paint]);
  useEffect(() => {
    const themes = new MutationObserver(paint);
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ["data-mantine-color-scheme"] });
    return () => {
      themes.disconnect();
      clearTimeout(resting.current);
    };
  }, [paint]);

  const steps = blocks.slice(1);
  const at = steps.findIndex((block) => block.id === active);
  const current = steps[at];
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: steps.length - 1 }[event.key];
    const next = to === undefined ? undefined : steps[Math.max(0, Math.min(steps.length - 1, to))];
    if (next) onGo(next.id);
    else if (event.key === "Enter" && current) onOpen(current.id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className="canvas-far"
      role="listbox"
      aria-multiselectable
      aria-label={`All ${steps.length} steps; arrow keys go through them in the order of the flow, Enter zooms in`}
      aria-activedescendant={current ? "canvas-far-step" : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <canvas ref={element} aria-hidden />
      {current && (
        <span id="canvas-far-step" className="unseen" role="option" aria-selected aria-setsize={steps.length} aria-posinset={at + 1} data-step-id={current.id}>
          {current.name}
        </span>
      )}
    </div>
  );
});

/** Whether what was painted, moved and stretched, still fills the view. */
function covers({ width, height }: ViewNow, x: number, y: number, stretch: number): boolean {
  const spans = (move: number, size: number) => move - size * margin * stretch <= 0 && move + size * (1 + margin) * stretch >= size;
  return spans(x, width) && spans(y, height);
}
