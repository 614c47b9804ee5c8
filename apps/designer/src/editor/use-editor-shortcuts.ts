import type { RefObject } from "react";
import type { CanvasApi } from "../canvas/use-view.ts";
import { copiedText } from "./clipboard.ts";
import { openCommands } from "./CommandPalette.tsx";
import type { EditorCommands } from "./editor-commands.ts";
import { useEditor } from "./editor-context.ts";
import { folding, grouping, ungrouping } from "./group-edits.ts";
import type { ChangeLayout } from "./use-editor-layout.ts";
import { useShortcuts } from "./use-shortcuts.ts";

/** What each key does in the editor. */
export function useEditorShortcuts(
  commands: EditorCommands,
  offering: boolean,
  change: ChangeLayout,
  canvas: RefObject<CanvasApi | null>,
  search: RefObject<HTMLInputElement | null>,
): void {
  const { store, mayEdit } = useEditor();
  const { remove, duplicate, paste, arrange, regroup, fitSelection } = commands;
  useShortcuts({
    undo: () => mayEdit && store.getState().undo(),
    redo: () => mayEdit && store.getState().redo(),
    remove: () => mayEdit && remove(),
    selectAll: () => store.getState().select(Object.keys(store.getState().playbook.steps)),
    clear: () => (offering ? change({ offer: null }) : store.getState().select([])),
    duplicate: () => mayEdit && duplicate(),
    copyText: () => copiedText(store.getState().playbook, store.getState().selection),
    cut: () => mayEdit && remove(),
    paste: (text) => mayEdit && paste(text),
    search: () => {
      change({ leftFolded: false });
      requestAnimationFrame(() => search.current?.focus());
    },
    commands: openCommands,
    toggleView: () => change(({ view }) => ({ view: view === "canvas" ? "outline" : "canvas" })),
    foldLeft: () => change(({ leftFolded }) => ({ leftFolded: !leftFolded })),
    foldRight: () => change(({ rightFolded }) => ({ rightFolded: !rightFolded })),
    fit: () => canvas.current?.fit(),
    fitSelection,
    arrange: (how) => mayEdit && arrange(how),
    connect: () => document.querySelector<HTMLElement>('[aria-label="Inspector"] [aria-label^="Connect"]')?.focus(),
    group: () => mayEdit && regroup(grouping),
    ungroup: () => mayEdit && regroup(ungrouping),
    fold: () => mayEdit && regroup(folding),
    help: () => change({ dialog: "shortcuts" }),
  });
}
