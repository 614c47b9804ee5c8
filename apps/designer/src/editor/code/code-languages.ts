import { json } from "@codemirror/lang-json";
import { HighlightStyle, StreamLanguage, type StringStream, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { tags } from "@lezer/highlight";
import type { CodeLanguage } from "./code-options.ts";

interface TemplateState {
  readonly inside: boolean;
  readonly piped: boolean;
}

const text = /"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?/;
const word = /[A-Za-z_$@](?:[\w$-]|\.(?=[\w$@-])|\[(?:\d+|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\])*/;

/** Colours `{{ path | operator: argument }}` in a text, or such an expression by itself. */
const templateLanguage = (always: boolean) =>
  StreamLanguage.define<{ now: TemplateState }>({
    startState: () => ({ now: { inside: always, piped: false } }),
    copyState: ({ now }) => ({ now }),
    token: (stream, state) => (state.now.inside ? inside(stream, state, always) : outside(stream, state)),
  });

function outside(stream: StringStream, state: { now: TemplateState }): string | null {
  if (stream.match("\\{{")) return null;
  if (stream.match("{{")) {
    state.now = { inside: true, piped: false };
    return "brace";
  }
  stream.next();
  while (!stream.eol() && !/[{\\]/.test(stream.peek() ?? "")) stream.next();
  return null;
}

function inside(stream: StringStream, state: { now: TemplateState }, always: boolean): string | null {
  if (stream.eatSpace()) return null;
  if (!always && stream.match("}}")) {
    state.now = { inside: false, piped: false };
    return "brace";
  }
  const { piped } = state.now;
  state.now = { inside: true, piped: false };
  if (stream.match("|")) {
    state.now = { inside: true, piped: true };
    return "operator";
  }
  if (stream.match(text)) return "string";
  if (stream.match(/-?\d+(?:\.\d+)?(?![\w.-])/)) return "number";
  if (!piped && stream.match(/(?:true|false|null)(?![\w.-])/)) return "atom";
  if (stream.match(word)) return piped ? "keyword" : "variableName";
  stream.next();
  return piped ? "keyword" : "operator";
}

const colours = HighlightStyle.define([
  { tag: [tags.variableName, tags.propertyName], color: "var(--code-path)" },
  { tag: tags.keyword, color: "var(--code-kw)" },
  { tag: tags.string, color: "var(--code-str)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: "var(--code-num)" },
  { tag: [tags.brace, tags.operator, tags.separator, tags.squareBracket], color: "var(--text-3)" },
]);

/** How each language is read and coloured. */
export const codeLanguages: { readonly [Language in CodeLanguage]: () => Extension } = {
  template: () => [templateLanguage(false), syntaxHighlighting(colours)],
  inside: () => [templateLanguage(true), syntaxHighlighting(colours)],
  json: () => [json(), syntaxHighlighting(colours)],
  value: () => [json(), syntaxHighlighting(colours)],
};
