import { closeCompletion, startCompletion } from "@codemirror/autocomplete";
import { history, historyKeymap, standardKeymap } from "@codemirror/commands";
import { Annotation, Compartment, EditorState, Transaction } from "@codemirror/state";
import { drawSelection, EditorView, keymap, placeholder, tooltips } from "@codemirror/view";
import { codeCompletion } from "./code-completion.ts";
import { codeLanguages } from "./code-languages.ts";
import type { CodeHandle, CodeOptions } from "./code-options.ts";
import { codeProblems, lookAgain } from "./code-problems.ts";
import { codeSignature } from "./code-signature.ts";

const fromOutside = Annotation.define<boolean>();

/** Mounts a code field in an element. */
export function mountCode(parent: HTMLElement, text: string, first: CodeOptions): CodeHandle {
  let options = first;
  const now = () => options;
  const changing = new Compartment();
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        history(),
        drawSelection(),
        EditorView.lineWrapping,
        codeLanguages[first.language](),
        codeCompletion(now),
        codeProblems(now),
        codeSignature(now),
        tooltips({ parent: document.body, position: "fixed" }),
        keymap.of([...(first.language === "inside" ? [{ key: "Enter", run: () => true }] : []), ...standardKeymap, ...historyKeymap]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !update.transactions.some((each) => each.annotation(fromOutside))) options.onChange(update.state.doc.toString());
          if (update.focusChanged && !update.view.hasFocus) options.onBlur();
        }),
        EditorView.domEventHandlers({
          keydown: (event, own) => {
            if (event.key !== "Escape" || !closeCompletion(own)) return false;
            event.preventDefault();
            event.stopPropagation();
            return true;
          },
        }),
        changing.of(changingOf(first)),
      ],
    }),
  });
  const put = (next: string) => {
    if (view.state.doc.toString() === next) return;
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: next },
      selection: { anchor: Math.min(view.state.selection.main.head, next.length) },
      annotations: [fromOutside.of(true), Transaction.addToHistory.of(false)],
    });
  };
  return {
    update: (next) => {
      const before = options;
      options = next;
      if (changed(before, next)) view.dispatch({ effects: changing.reconfigure(changingOf(next)) });
      if (before.problems !== next.problems) lookAgain(view);
    },
    put,
    text: () => view.state.doc.toString(),
    focus: () => view.focus(),
    offer: (at) => {
      view.focus();
      if (at !== undefined) view.dispatch({ selection: { anchor: Math.min(at, view.state.doc.length) } });
      startCompletion(view);
    },
    destroy: () => view.destroy(),
  };
}

const changed = (one: CodeOptions, other: CodeOptions): boolean =>
  one.label !== other.label || one.id !== other.id || one.placeholder !== other.placeholder || one.describedBy !== other.describedBy || one.known.readOnly !== other.known.readOnly;

const changingOf = ({ label, id, placeholder: words, describedBy, known }: CodeOptions) => [
  EditorView.contentAttributes.of({
    tabindex: "0",
    "aria-label": label,
    "aria-autocomplete": "list",
    ...(id !== undefined && { id }),
    ...(describedBy !== undefined && { "aria-describedby": describedBy }),
    ...(known.readOnly && { "aria-readonly": "true", tabindex: "0" }),
  }),
  EditorView.editable.of(!known.readOnly),
  EditorState.readOnly.of(known.readOnly),
  ...(words === undefined ? [] : [placeholder(words)]),
];
