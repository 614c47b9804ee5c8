import { type Node, type NodeProps, useReactFlow } from "@xyflow/react";
import { Grip } from "lucide-react";
import { memo, type PointerEvent, useContext, useRef, useState } from "react";
import { CanvasContext } from "./canvas-context.ts";
import { ChangeSign } from "./ChangeSign.tsx";
import classes from "./NoteNode.module.css";
import type { ChangeKind } from "./step-view.ts";

export interface NoteNodeData extends Record<string, unknown> {
  readonly id: string;
  readonly text: string;
  readonly change: ChangeKind | undefined;
}
export type NoteNodeType = Node<NoteNodeData, "note">;

interface Size {
  readonly width: number;
  readonly height: number;
}
const grid = 8;

/** A note on the canvas; its corner resizes it, a double click edits it. */
export const NoteNode = memo(function NoteNode({ data, selected, positionAbsoluteX, positionAbsoluteY, width = 0, height = 0 }: NodeProps<NoteNodeType>) {
  const { editNote, resizeNote } = useContext(CanvasContext);
  const { getZoom } = useReactFlow();
  const [size, setSize] = useState<Size | null>(null);
  const pulled = useRef<(Size & { readonly x: number; readonly y: number }) | null>(null);
  const pull = (event: PointerEvent) => {
    const from = pulled.current;
    if (!from) return;
    const grown = (was: number, by: number, least: number) => Math.min(2_000, Math.max(least, Math.round((was + by / getZoom()) / grid) * grid));
    setSize({ width: grown(from.width, event.clientX - from.x, 80), height: grown(from.height, event.clientY - from.y, 40) });
  };
  const release = (event: PointerEvent) => {
    event.currentTarget.releasePointerCapture(event.pointerId);
    pulled.current = null;
    if (size) resizeNote?.(data.id, { x: positionAbsoluteX, y: positionAbsoluteY, ...size });
    setSize(null);
  };
  const [draft, setDraft] = useState<string | null>(null);
  const before = useRef("");
  const write = (text: string) => {
    setDraft(text);
    editNote?.(data.id, text);
  };
  return (
    <div
      className={classes.note}
      style={size ?? undefined}
      data-selected={selected || undefined}
      data-change={data.change}
      onDoubleClick={() => {
        if (!editNote) return;
        before.current = data.text;
        setDraft(data.text);
      }}
    >
      {data.change && <ChangeSign kind={data.change} />}
      {draft === null ? (
        data.text || "Double-click to write"
      ) : (
        <textarea
          className={`${classes.field} nodrag nowheel`}
          aria-label="Note"
          autoFocus
          value={draft}
          maxLength={8_000}
          onChange={(event) => write(event.currentTarget.value)}
          onBlur={() => setDraft(null)}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key !== "Escape") return;
            write(before.current);
            setDraft(null);
          }}
        />
      )}
      {selected && resizeNote && draft === null && (
        <span
          className={`${classes.grip} nodrag`}
          title="Drag to resize"
          onPointerDown={(event) => {
            event.stopPropagation();
            event.currentTarget.setPointerCapture(event.pointerId);
            pulled.current = { x: event.clientX, y: event.clientY, width, height };
          }}
          onPointerMove={pull}
          onPointerUp={release}
        >
          <Grip size={12} strokeWidth={2} aria-hidden />
        </span>
      )}
    </div>
  );
});
