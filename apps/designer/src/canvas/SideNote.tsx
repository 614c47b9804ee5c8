import type { Node, NodeProps } from "@xyflow/react";
import { memo } from "react";
import type { Rect } from "./geometry.ts";
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

/** The note of each step that has one and room beside its card. */
export function sideNotes(
  { rects, edges }: Pick<Scene, "rects" | "edges">,
  viewOf: (id: string) => StepView | undefined,
): { readonly id: string; readonly rect: Rect; readonly data: SideNoteData }[] {
  const obstacles = new Obstacles([...rects].map(([id, rect]) => ({ id, ...rect })));
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
    const gaps = [beyond, -size.width - 16];
    const rect = gaps
      .map((gap) => ({ x: card.x + gap, y: card.y - 4, ...size }))
      .find((each) => obstacles.hits(each, 4, new Set([id])).size === 0 && !taken.some((other) => meets(other, each)));
    if (!rect) continue;
    taken.push(rect);
    found.push({ id, rect, data });
  }
  return found;
}

const meets = (a: Rect, b: Rect) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
