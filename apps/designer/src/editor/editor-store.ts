import { applyEdits, type Edit, type Playbook } from "@drawbridge/playbook";
import { createStore, type StoreApi } from "zustand/vanilla";
import { groupPrefix } from "../canvas/groups.ts";
import type { Connected } from "../canvas/PlaybookCanvas.tsx";

interface Moment {
  readonly playbook: Playbook;
  readonly selection: readonly string[];
  readonly title: string;
}

export interface ApplyOptions {
  /** Changes with the same word, one right after the other, are one step of undo: typing in a field, holding an arrow key. */
  readonly merge?: string;
  /** What is selected afterwards. */
  readonly select?: readonly string[];
  /** What the history calls it; else the edit's type. */
  readonly title?: string;
}

/** The document being edited, its history, and what is selected. */
export interface EditorState {
  readonly playbook: Playbook;
  readonly past: readonly Moment[];
  readonly future: readonly Moment[];
  readonly selection: readonly string[];
  readonly selectedEdge: Connected | null;
  /** The document is the server's own and needs no saving. */
  readonly clean: boolean;
  /** What a screen reader is told; the number makes the same words new. */
  readonly said: { readonly text: string; readonly count: number };
  /** Applies all edits or, when one is refused, none; gives why not, null when all went well. */
  readonly apply: (edits: readonly Edit[], options?: ApplyOptions) => string | null;
  /** Puts another document in place: an import, an earlier version. It can be undone. */
  readonly replace: (playbook: Playbook, title: string) => void;
  /** Puts in place what the document became elsewhere; selection and history stay. `clean`: it is the server's own. */
  readonly adopt: (playbook: Playbook, title: string, clean: boolean) => void;
  /** Gives places to steps that have none; not a change of its own in the history. */
  readonly fillLayout: (positions: Readonly<Record<string, { readonly x: number; readonly y: number }>>) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly select: (ids: readonly string[]) => void;
  readonly selectEdge: (edge: Connected | null) => void;
  readonly say: (text: string) => void;
}

export type EditorStore = StoreApi<EditorState>;

const most = 500;
const mergeMs = 1_500;

/** A store for one editor. `now` is in epoch ms. */
export function createEditorStore(playbook: Playbook, now: () => number = Date.now): EditorStore {
  let merging: { readonly word: string; at: number } | null = null;
  return createStore<EditorState>()((set, get) => {
    const moment = (title: string): Moment => ({ playbook: get().playbook, selection: get().selection, title });
    const say = (text: string) => set((state) => ({ said: { text, count: state.said.count + 1 } }));
    const put = (next: Playbook, title: string, select: readonly string[] | undefined, merge: string | undefined, clean = false) => {
      const at = now();
      const merged = merge !== undefined && merging?.word === merge && at - merging.at < mergeMs;
      merging = merge === undefined ? null : { word: merge, at };
      set((state) => ({
        playbook: next,
        clean,
        past: merged ? state.past : [...state.past.slice(-most + 1), moment(title)],
        future: [],
        selection: standing(select ?? state.selection, next),
        selectedEdge: null,
      }));
    };
    const travel = (from: "past" | "future", to: "past" | "future", word: string) => {
      const last = get()[from].at(-1);
      if (!last) return;
      merging = null;
      set((state) => ({
        playbook: last.playbook,
        clean: false,
        selection: standing(last.selection, last.playbook),
        selectedEdge: null,
        [from]: state[from].slice(0, -1),
        [to]: [...state[to], moment(last.title)],
      }));
      say(`${word}: ${last.title}`);
    };
    return {
      playbook,
      past: [],
      future: [],
      selection: [],
      selectedEdge: null,
      clean: true,
      said: { text: "", count: 0 },
      apply: (edits, options = {}) => {
        const result = applyEdits(get().playbook, edits);
        if (!result.ok) {
          say(result.message);
          return result.message;
        }
        const next = result.playbook;
        if (next !== get().playbook) put(next, options.title ?? edits[0]?.type.replaceAll("-", " ") ?? "change", options.select, options.merge);
        else if (options.select) set({ selection: options.select });
        return null;
      },
      replace: (next, title) => put(next, title, [], undefined),
      adopt: (next, title, clean) => put(next, title, undefined, `adopt ${title}`, clean),
      fillLayout: (positions) =>
        set(({ playbook: current }) => ({
          playbook: { ...current, layout: Object.fromEntries(Object.entries({ ...positions, ...current.layout }).filter(([id]) => Object.hasOwn(current.steps, id))) },
        })),
      undo: () => travel("past", "future", "Undone"),
      redo: () => travel("future", "past", "Done again"),
      select: (ids) => {
        const current = get().selection;
        if (ids.length === current.length && ids.every((id, index) => id === current[index])) return;
        set({ selection: ids });
      },
      selectEdge: (edge) => set(edge ? { selectedEdge: edge, selection: [] } : { selectedEdge: null }),
      say,
    };
  });
}

/** The ids that the document still has; the same list when it has all. */
function standing(ids: readonly string[], playbook: Playbook): readonly string[] {
  const has = (id: string) =>
    Object.hasOwn(playbook.steps, id) ||
    (id.startsWith("$note:") && Object.hasOwn(playbook.notes ?? {}, id.slice(6))) ||
    (id.startsWith(groupPrefix) && Object.hasOwn(playbook.groups ?? {}, id.slice(groupPrefix.length)));
  return ids.every(has) ? ids : ids.filter(has);
}
