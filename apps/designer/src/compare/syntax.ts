import type { ShownLanguage } from "./shown-value.ts";

export type TokenType = "plain" | "path" | "word" | "text" | "number" | "sign" | "comment";

/** A piece of a text with its colour. */
export interface Token {
  readonly text: string;
  readonly type: TokenType;
}

const quoted = String.raw`"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?`;
const number = String.raw`-?\b\d+(?:\.\d+)?\b`;
const name = String.raw`[A-Za-z_$@][\w$-]*(?:\.[\w$@-]+|\[(?:\d+|"[^"]*"|'[^']*')\])*`;
const pieces: { readonly [Language in Exclude<ShownLanguage, "text">]: RegExp } = {
  logic: new RegExp(`(?<text>${quoted})|(?<number>${number})|(?<path>${name})|(?<plain>\\s+)|(?<sign>[^\\s\\w])`, "gu"),
  json: new RegExp(`(?<path>"(?:[^"\\\\\\n]|\\\\.)*"(?=\\s*:))|(?<text>${quoted})|(?<number>${number})|(?<word>\\w+)|(?<plain>\\s+)|(?<sign>[^\\s\\w])`, "gu"),
  script: new RegExp(
    `(?<comment>//[^\\n]*|/\\*[\\s\\S]*?(?:\\*/|$))|(?<text>${quoted}|\`(?:[^\`\\\\]|\\\\.)*\`?)|(?<number>${number})|(?<word>[A-Za-z_$][\\w$]*)|(?<plain>\\s+)|(?<sign>[^\\s\\w])`,
    "gu",
  ),
};
const logicWords = new Set(["and", "or", "not", "in", "if", "then", "else", "mod", "it", "true", "false", "null"]);
const scriptWords = new Set(
  "await async break case catch class const continue default do else export extends false finally for function if import in instanceof let new null of return static super switch this throw true try typeof undefined var void while yield".split(
    " ",
  ),
);

/** A text in coloured pieces; joined they are the text again. Words and the spaces between are pieces of their own. */
export function tokensOf(text: string, language: ShownLanguage): Token[] {
  if (language !== "text") return read(text, language);
  const tokens: Token[] = [];
  for (const part of text.split(/(\{\{[\s\S]*?\}\})/)) {
    if (!part.startsWith("{{")) {
      for (const piece of part.match(/\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? []) tokens.push({ text: piece, type: "plain" });
      continue;
    }
    tokens.push({ text: "{{", type: "sign" }, ...pipes(read(part.slice(2, -2), "logic")), { text: "}}", type: "sign" });
  }
  return tokens;
}

function read(text: string, language: Exclude<ShownLanguage, "text">): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (const match of text.matchAll(pieces[language])) {
    if (match.index > at) tokens.push({ text: text.slice(at, match.index), type: "plain" });
    at = match.index + match[0].length;
    const type = (Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined)?.[0] ?? "plain") as TokenType;
    tokens.push({ text: match[0], type: typeOf(match[0], type, language) });
  }
  if (at < text.length) tokens.push({ text: text.slice(at), type: "plain" });
  return tokens;
}

function typeOf(text: string, type: TokenType, language: ShownLanguage): TokenType {
  if (language === "logic" && type === "path") return logicWords.has(text) ? "word" : "path";
  if (language === "script" && type === "word") return scriptWords.has(text) ? "word" : "plain";
  return type;
}

/** In a template what follows a pipe is an operator. */
function pipes(tokens: readonly Token[]): Token[] {
  let piped = false;
  return tokens.map((token) => {
    const operator = piped && token.type === "path";
    if (token.text === "|") piped = true;
    else if (token.text.trim() !== "") piped = false;
    return operator ? { ...token, type: "word" } : token;
  });
}
