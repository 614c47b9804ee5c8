import { memo, type RefObject, useMemo } from "react";
import type { CanvasApi } from "../canvas/use-view.ts";
import { arrangements } from "./arrange.ts";
import { CommandPalette } from "./CommandPalette.tsx";
import type { EditorCommands } from "./editor-commands.ts";
import { useEditor, useEditorState } from "./editor-context.ts";
import { folding, grouping, ungrouping } from "./group-edits.ts";
import { arrangementWords } from "./ManySelected.tsx";
import type { ChangeLayout } from "./use-editor-layout.ts";

/** The command palette with the commands that make sense now. */
export const EditorCommandPalette = memo(function EditorCommandPalette({
  commands,
  change,
  canvas,
}: {
  commands: EditorCommands;
  change: ChangeLayout;
  canvas: RefObject<CanvasApi | null>;
}) {
  const { store, mayEdit } = useEditor();
  const selected = useEditorState((state) => state.selection.length);
  const offered = useMemo(() => {
    const { tidy, addNote, arrange, regroup, fitSelection, exportJson, copy, duplicate, remove, pasteFromClipboard } = commands;
    return [
      ...(mayEdit
        ? [
            { label: "Publish", run: () => change({ dialog: "publish" }) },
            { label: "Backtest against past runs", run: () => change({ backtesting: true }) },
            { label: "Undo", run: () => store.getState().undo() },
            { label: "Redo", run: () => store.getState().redo() },
            { label: "Tidy up", run: () => void tidy() },
            { label: "Add a note", run: addNote },
            { label: "Paste", run: () => void pasteFromClipboard() },
            ...(selected > 1 ? arrangements.map((how) => ({ label: arrangementWords[how].title, run: () => arrange(how) })) : []),
            ...(selected > 0
              ? [
                  { label: "Duplicate the selection", run: duplicate },
                  { label: "Delete the selection", run: remove },
                  { label: "Group the selection", run: () => regroup(grouping) },
                  { label: "Dissolve the group", run: () => regroup(ungrouping) },
                  { label: "Fold or open the group", run: () => regroup(folding) },
                ]
              : []),
            { label: "Import JSON", run: () => change({ dialog: "import" }) },
          ]
        : []),
      { label: "Dry run", run: () => change({ dryRunning: true }) },
      { label: "Versions", run: () => change({ dialog: "versions" }) },
      { label: "Export JSON", run: exportJson },
      { label: "Canvas or outline", run: () => change(({ view }) => ({ view: view === "canvas" ? "outline" : "canvas" })) },
      { label: "Fit the whole playbook", run: () => canvas.current?.fit() },
      ...(selected > 0
        ? [
            { label: "Copy the selection", run: copy },
            { label: "Zoom to the selection", run: fitSelection },
          ]
        : []),
      { label: "Keyboard shortcuts", run: () => change({ dialog: "shortcuts" }) },
    ];
  }, [store, mayEdit, selected, commands, change, canvas]);
  return <CommandPalette onAdd={commands.addFromPalette} onStep={(step) => commands.jump({ step })} commands={offered} />;
});
