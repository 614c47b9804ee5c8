import { syntaxTree } from "@codemirror/language";
import { type Diagnostic, linter } from "@codemirror/lint";
import { type EditorState, type Extension, StateEffect } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { jsonErrorAt, type Json, logicProblems, pointerSegments, valueProblems } from "@drawbridge/playbook";
import type { CodeLanguage, CodeOptions } from "./code-options.ts";
import { insideProblems, type PlacedProblem, templateProblems } from "./template-problems.ts";

type SyntaxNode = ReturnType<typeof syntaxTree>["topNode"];
type Find = (state: EditorState, options: CodeOptions) => readonly PlacedProblem[];

const finders: { readonly [Language in CodeLanguage]: Find } = {
  template: (state, { known, problems }) => templateProblems(state.doc.toString(), known.operators, problems),
  inside: (state, { known, problems }) => insideProblems(state.doc.toString(), known.operators, problems),
  json: (state, options) => jsonProblems(state, options, logicProblems),
  value: (state, options) => jsonProblems(state, options, valueProblems),
};

/** Underlines what is wrong where it stands, a moment after typing, and tells of it. */
export function codeProblems(options: () => CodeOptions): Extension {
  return linter(
    (view) => {
      const found = finders[options().language](view.state, options());
      options().onProblem(found.find((each) => !each.found)?.message ?? null);
      return found.map(({ from, to, message, severity }): Diagnostic => ({ from, to, message, severity }));
    },
    { delay: 400, needsRefresh: ({ transactions }) => transactions.some(({ effects }) => effects.some((each) => each.is(again))) },
  );
}

const again = StateEffect.define();

/** Looks again, though the text is the same: the checks have found something else. */
export const lookAgain = (view: EditorView): void => view.dispatch({ effects: again.of(null) });

function jsonProblems(state: EditorState, { problems }: CodeOptions, look: typeof logicProblems): readonly PlacedProblem[] {
  const text = state.doc.toString();
  if (text.trim() === "") return [];
  let logic: Json;
  try {
    logic = JSON.parse(text) as Json;
  } catch {
    const at = Math.min(jsonErrorAt(text), Math.max(0, text.length - 1));
    return [
      {
        from: at,
        to: Math.min(text.length, at + 1),
        message: at >= text.trimEnd().length - 1 ? "This is not whole JSON yet." : `Not JSON from here on: ${JSON.stringify(text.slice(at, at + 12))}`,
        severity: "error",
      },
    ];
  }
  const own = look(logic).map(({ pointer, message }): PlacedProblem => ({ ...rangeAt(state, pointer), message, severity: "error" }));
  const found = problems.map(({ pointer, message, severity }): PlacedProblem => ({
    ...rangeAt(state, pointer),
    message,
    severity: severity === "error" ? "error" : "warning",
    found: true,
  }));
  return [...own, ...found.filter((each) => !own.some((other) => other.message === each.message))];
}

/** Where a JSON pointer leads in the text: a value, or the key when an operator is meant. */
function rangeAt(state: EditorState, pointer: string): { readonly from: number; readonly to: number } {
  let node: SyntaxNode | null = syntaxTree(state).topNode.firstChild;
  let range = node ? { from: node.from, to: node.to } : { from: 0, to: state.doc.length };
  for (const segment of pointerSegments(pointer)) {
    const next: { readonly value: SyntaxNode | null; readonly named: SyntaxNode } | null = node && partOf(state, node, segment);
    if (!next) return range;
    node = next.value;
    range = { from: next.named.from, to: next.named.to };
  }
  return range;
}

function partOf(state: EditorState, node: SyntaxNode, segment: string): { readonly value: SyntaxNode | null; readonly named: SyntaxNode } | null {
  if (node.name === "Array") {
    const items = childrenOf(node).filter(({ name }) => !["[", "]", ",", "⚠"].includes(name));
    const item = items[Number(segment)];
    return item ? { value: item, named: item } : null;
  }
  for (const property of childrenOf(node)) {
    const key = property.name === "Property" ? property.firstChild : null;
    if (key && state.sliceDoc(key.from + 1, key.to - 1) === segment) return { value: property.lastChild, named: key };
  }
  return null;
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}
