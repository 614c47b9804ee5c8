import { useMemo } from "react";
import { groupPrefix } from "../canvas/groups.ts";
import type { CanvasEditing } from "../canvas/PlaybookCanvas.tsx";
import { edgeId } from "../canvas/scene.ts";
import type { EditorCommands } from "./editor-commands.ts";
import { useEditor, useEditorState } from "./editor-context.ts";
import { dragType, paletteItems } from "./palette-item.ts";
import { foldingEdits } from "./group-edits.ts";
import { addAfter, addAt, canConnect, connect, insertOn, newStep } from "./step-edits.ts";
import type { ChangeLayout } from "./use-editor-layout.ts";

/** What is done on the canvas, as edits of the document. */
export function useCanvasEditing({ move, place }: EditorCommands, change: ChangeLayout): CanvasEditing {
  const { store, catalog } = useEditor();
  const selectedEdge = useEditorState((state) => state.selectedEdge);
  const handlers = useMemo((): Omit<CanvasEditing, "selectedEdge"> => {
    const { apply, say, selectEdge } = store.getState();
    const current = () => store.getState().playbook;
    return {
      onMove: move,
      canConnect: (from, to) => canConnect(current(), from, to),
      onConnect: (edge) => {
        const { steps } = current();
        const problem = apply([connect(current(), edge)], { title: "connect" });
        say(problem ?? `${steps[edge.from]?.name ?? "Start"} connected to ${steps[edge.to]?.name ?? edge.to}`);
      },
      onOffer: (from, way, at, screen) => change({ offer: { screen, title: "What follows?", place: (item) => addAfter(current(), newStep(item, catalog), from, way, at) } }),
      onInsert: (edge, screen) => change({ offer: { screen, title: "Insert a step", place: (item) => insertOn(current(), newStep(item, catalog), edge) } }),
      onDrop: (data, at, edge) => {
        const item = paletteItems(catalog).find((each) => each.key === data.getData(dragType));
        if (!item) return;
        const step = newStep(item, catalog);
        place(edge && step.kind !== "end" ? insertOn(current(), step, edge) : addAt(current(), step, at), step.name);
      },
      onEditNote: (note, text) => void apply([{ type: "update-note", params: { id: note, text } }], { merge: `note:${note}`, title: "change note" }),
      onResizeNote: (note, { x, y, width, height }) => void apply([{ type: "update-note", params: { id: note, x, y, width, height } }], { title: "resize note" }),
      onFold: (group, folded) => {
        apply(foldingEdits(current(), [group], folded), { select: [groupPrefix + group], title: folded ? "fold" : "open group" });
        say(`${current().groups?.[group]?.name ?? group} ${folded ? "folded" : "opened"}`);
      },
      onSelectEdge: (edge) => selectEdge(edge && { from: edge.from, way: edge.way, to: edge.to }),
    };
  }, [store, catalog, move, place, change]);
  return useMemo(() => ({ ...handlers, selectedEdge: selectedEdge ? edgeId(selectedEdge.from, selectedEdge.way, selectedEdge.to) : null }), [handlers, selectedEdge]);
}
