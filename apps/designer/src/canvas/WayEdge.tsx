import { type Edge, EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import { Clock, Minus, Plus, TriangleAlert } from "lucide-react";
import { memo, useContext, useRef, useState } from "react";
import { CanvasContext, type WayEdgeData } from "./canvas-context.ts";
import type { Point } from "./geometry.ts";
import { longestLeg, roundedPath } from "./rounded-path.ts";
import classes from "./WayEdge.module.css";

export type WayEdgeType = Edge<WayEdgeData, "way">;

const chipLength = 70;

/** One connection: right-angled, with an arrow, and a chip on an error or limit way. */
export const WayEdge = memo(function WayEdge({ data, selected }: EdgeProps<WayEdgeType>) {
  const { mode, detail, insert } = useContext(CanvasContext);
  const [hovered, setHovered] = useState(false);
  const leaving = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  if (!data) return null;
  const { edge, state, lit } = data;
  const hover = (on: boolean) => {
    clearTimeout(leaving.current);
    if (on) setHovered(true);
    else leaving.current = setTimeout(() => setHovered(false), 220);
  };
  const path = roundedPath(shortened(edge.points));
  const exception = edge.kind === "error" || edge.kind === "limit";
  const chip = exception && detail === "full" ? chipPlace(edge.points) : null;
  const sign = state === "added" || state === "removed" ? plusPlace(edge.points) : null;
  const plus = hovered && insert && mode === "edit" ? plusPlace(edge.points) : null;
  const last = edge.points.at(-1);
  const before = edge.points.at(-2);
  return (
    <g
      className={classes.way}
      data-way={edge.way}
      data-from={edge.from}
      data-to={edge.to}
      data-kind={edge.kind}
      data-state={state}
      data-lit={lit || selected || undefined}
      onPointerEnter={() => hover(true)}
      onPointerLeave={() => hover(false)}
    >
      <path d={path} className={classes.line} />
      {last && before && <path d={arrow(last, before)} className={classes.arrow} />}
      <path d={path} className={classes.reach} />
      {(chip || plus || sign) && (
        <EdgeLabelRenderer>
          {chip && (
            <span className={classes.chip} data-kind={edge.kind} data-state={state} style={{ transform: `translate(-50%, -50%) translate(${chip.x}px, ${chip.y}px)` }}>
              {edge.kind === "error" ? <TriangleAlert size={11} strokeWidth={2} aria-hidden /> : <Clock size={11} strokeWidth={2} aria-hidden />}
              {edge.label}
            </span>
          )}
          {sign && (
            <span className={classes.sign} data-state={state} data-detail={detail} style={{ transform: `translate(-50%, -50%) translate(${sign.x}px, ${sign.y}px)` }}>
              {state === "added" ? <Plus strokeWidth={2.5} aria-hidden /> : <Minus strokeWidth={2.5} aria-hidden />}
            </span>
          )}
          {plus && (
            <button
              type="button"
              className={`${classes.plus} nodrag nopan`}
              style={{ transform: `translate(-50%, -50%) translate(${plus.x}px, ${plus.y}px)` }}
              aria-label="Insert a step here"
              onPointerEnter={() => hover(true)}
              onPointerLeave={() => hover(false)}
              onClick={(event) => insert?.(edge, { x: event.clientX, y: event.clientY })}
            >
              <Plus size={13} strokeWidth={2.25} aria-hidden />
            </button>
          )}
        </EdgeLabelRenderer>
      )}
    </g>
  );
});

/** Without its last pixels, which the arrow covers. */
function shortened(points: readonly Point[]): Point[] {
  const last = points.at(-1);
  const before = points.at(-2);
  if (!last || !before) return [...points];
  const length = Math.hypot(last.x - before.x, last.y - before.y) || 1;
  const cut = Math.min(5, length / 2);
  return [...points.slice(0, -1), { x: last.x - ((last.x - before.x) / length) * cut, y: last.y - ((last.y - before.y) / length) * cut }];
}

function arrow(tip: Point, before: Point): string {
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const [ux, uy] = [(tip.x - before.x) / length, (tip.y - before.y) / length];
  const [bx, by] = [tip.x - ux * 7, tip.y - uy * 7];
  return `M${tip.x} ${tip.y}L${bx - uy * 4.2} ${by + ux * 4.2}L${bx + uy * 4.2} ${by - ux * 4.2}Z`;
}

/** On the first leg when there is room beside the port, else on the longest. */
function chipPlace(points: readonly Point[]): Point {
  const [a, b] = points;
  if (a && b && a.y === b.y && Math.abs(b.x - a.x) >= chipLength + 12) return { x: a.x + (Math.min(Math.abs(b.x - a.x), 120) / 2) * Math.sign(b.x - a.x), y: a.y };
  return longestLeg(points.slice(1)).middle;
}

const plusPlace = (points: readonly Point[]): Point => longestLeg(points).middle;
