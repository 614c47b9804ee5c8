import type { Node, NodeProps } from "@xyflow/react";
import { memo } from "react";
import type { Point, Rect } from "./geometry.ts";
import { Obstacles } from "./obstacles.ts";
import type { Scene } from "./scene.ts";
import classes from "./SideNote.module.css";
import type { StepView } from "./step-view.ts";

export interface SideNoteData extends Record<string, unknown> {
  readonly title: string;
  readonly text: string;
  readonly tone: "skip" | "fail";
}
export type SideNoteType = Node<SideNoteData, "side">;

/** Why a step failed or was skipped, beside its card. */
export const SideNote = memo(function SideNote({ data }: NodeProps<SideNoteType>) {
  return (
    <div className={classes.note} data-tone={data.tone}>
      <b>{data.title}</b>
      <span>{data.text}</span>
    </div>
  );
});

const size = { width: 156, height: 58 };

/** The note of each step that has one and room beside its card, clear of other cards and of connections. */
export function sideNotes(
  { rects, edges }: Pick<Scene, "rects" | "edges">,
  viewOf: (id: string) => StepView | undefined,
): { readonly id: string; readonly rect: Rect; readonly data: SideNoteData }[] {
  const obstacles = new Obstacles([...rects].map(([id, rect]) => ({ id, ...rect })));
  const lines = new Obstacles(edges.flatMap((edge, number) => legsOf(edge.points).map((leg, index) => ({ id: `${number}/${index}`, ...leg }))));
  const taken: Rect[] = [];
  const found: { id: string; rect: Rect; data: SideNoteData }[] = [];
  for (const [id, card] of rects) {
    const view = viewOf(id);
    if (!view || view.hidden) continue;
    const data: SideNoteData | null =
      view.status === "failed" && view.error
        ? { title: view.error.code, text: view.error.message, tone: "fail" }
        : view.status === "skipped" && view.because
          ? { title: "Skipped", text: view.because, tone: "skip" }
          : null;
    if (!data) continue;
    const errorWay = edges.find((edge) => edge.from === id && edge.kind === "error");
    const beyond = errorWay ? Math.max(...errorWay.points.map((point) => point.x)) - card.x + 14 : card.width + 16;
    const rect = [beyond, card.width + 16, -size.width - 16]
      .flatMap((gap) => [-4, card.height - size.height + 4, card.height + 8, -size.height - 8].map((drop) => ({ x: card.x + gap, y: card.y + drop, ...size })))
      .find((each) => obstacles.hits(each, 4, new Set([id])).size === 0 && lines.hits(each, 3, noLine).size === 0 && !taken.some((other) => meets(other, each)));
    if (!rect) continue;
    taken.push(rect);
    found.push({ id, rect, data });
  }
  return found;
}

const noLine: ReadonlySet<string> = new Set();

const legsOf = (points: readonly Point[]): Rect[] =>
  points.slice(1).flatMap((point, index) => {
    const before = points[index];
    return before ? [{ x: Math.min(before.x, point.x), y: Math.min(before.y, point.y), width: Math.abs(before.x - point.x), height: Math.abs(before.y - point.y) }] : [];
  });

const meets = (a: Rect, b: Rect) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
