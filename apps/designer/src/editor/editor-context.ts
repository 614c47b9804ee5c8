import type { Playbook, Step, StepKind, StepOf } from "@drawbridge/playbook";
import { createContext, use } from "react";
import { useStore } from "zustand";
import type { StepCatalog } from "../steps/step-catalog.ts";
import type { Autosave } from "./draft/autosave.ts";
import type { DraftState, DraftStore } from "./draft/draft-store.ts";
import type { EditorState, EditorStore } from "./editor-store.ts";

/** What every part of the editor shares. */
export interface EditorShared {
  readonly id: string;
  readonly store: EditorStore;
  readonly draft: DraftStore;
  readonly catalog: StepCatalog;
  readonly autosave: Autosave;
  readonly mayEdit: boolean;
}

export const EditorContext = createContext<EditorShared | null>(null);

/** The editor that this part stands in. */
export function useEditor(): EditorShared {
  const editor = use(EditorContext);
  if (!editor) throw new Error("This part stands outside of an editor.");
  return editor;
}

/** A part of the editor's state. */
export const useEditorState = <Part>(select: (state: EditorState) => Part): Part => useStore(useEditor().store, select);

/** A part of what is known of the draft. */
export const useDraft = <Part>(select: (state: DraftState) => Part): Part => useStore(useEditor().draft, select);

export const usePlaybook = (): Playbook => useEditorState((state) => state.playbook);

/** One step of the document; undefined when it is gone. */
export const useStep = (id: string): Step | undefined => useEditorState((state) => (Object.hasOwn(state.playbook.steps, id) ? state.playbook.steps[id] : undefined));

/** The step that is selected alone. */
export function useSelectedStep(): string | null {
  return useEditorState((state) =>
    state.selection.length === 1 && state.selection[0] !== undefined && Object.hasOwn(state.playbook.steps, state.selection[0]) ? state.selection[0] : null,
  );
}

/** What a step's panel is given. `change` puts whole fields; undefined removes one. */
export interface StepPanelProps<Kind extends StepKind> {
  readonly id: string;
  readonly step: StepOf<Kind>;
  readonly change: (patch: { readonly [Key in keyof StepOf<Kind>]?: StepOf<Kind>[Key] | undefined }) => void;
}
