import type { Node, NodeProps } from "@xyflow/react";
import { memo, useContext, useState } from "react";
import { CanvasContext } from "./canvas-context.ts";
import classes from "./NoteNode.module.css";

export interface NoteNodeData extends Record<string, unknown> {
  readonly id: string;
  readonly text: string;
}
export type NoteNodeType = Node<NoteNodeData, "note">;

/** A note on the canvas; a double click edits it. */
export const NoteNode = memo(function NoteNode({ data, selected }: NodeProps<NoteNodeType>) {
  const { editNote } = useContext(CanvasContext);
  const [draft, setDraft] = useState<string | null>(null);
  const finish = () => {
    if (draft !== null && draft !== data.text) editNote?.(data.id, draft);
    setDraft(null);
  };
  return (
    <div className={classes.note} data-selected={selected || undefined} onDoubleClick={() => editNote && setDraft(data.text)}>
      {draft === null ? (
        data.text || "Double-click to write"
      ) : (
        <textarea
          className={`${classes.field} nodrag nowheel`}
          aria-label="Note"
          autoFocus
          value={draft}
          maxLength={8_000}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onBlur={finish}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === "Escape") setDraft(null);
          }}
        />
      )}
    </div>
  );
});
