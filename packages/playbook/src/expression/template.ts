import type { Json } from "../json.ts";
import { ExpressionError } from "./expression-error.ts";

/** A path or an operator's name as it stands in a template's text. */
export interface TemplatePath {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A template taken apart: its logic (a plain text when it holds no `{{ }}`), and the paths and operators in it. */
export interface Template {
  readonly logic: Json;
  readonly paths: readonly TemplatePath[];
  readonly operators: readonly (TemplatePath & { readonly operands: number })[];
}

const token =
  /\s*(?:(\|)|(,)|(:)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(-?\d+(?:\.\d+)?(?![\w.-]))|([A-Za-z_$@](?:[\w$-]|\.(?=[\w$@-])|\[(?:\d+|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\])*)|(===|!==|==|!=|<=|>=|!!|[<>!%*/+-]))/y;

type Token = { readonly kind: "pipe" | "comma" | "colon" | "text" | "number" | "word" | "sign"; readonly text: string; readonly start: number; readonly end: number };
const kinds = ["pipe", "comma", "colon", "text", "number", "word", "sign"] as const;
const words = new Map<string, Json>([
  ["true", true],
  ["false", false],
  ["null", null],
]);
const escapes: { readonly [character: string]: string } = { n: "\n", t: "\t", r: "\r" };

const unquote = (quoted: string): string => quoted.slice(1, -1).replaceAll(/\\(.)/gs, (_whole, character: string) => escapes[character] ?? character);

class Parser {
  readonly source: string;
  readonly paths: TemplatePath[] = [];
  readonly operators: Template["operators"][number][] = [];
  private at: number;
  private current: Token | null = null;

  constructor(source: string, at: number) {
    this.source = source;
    this.at = at;
    this.advance();
  }

  /** Reads one expression; gives where its closing braces end. */
  expression(): { readonly logic: Json; readonly end: number } {
    let logic = this.operand();
    while (this.current?.kind === "pipe") {
      this.advance();
      logic = this.piped(logic);
    }
    if (this.current) return this.fail(`"${this.current.text}" is not expected here.`);
    const close = /\s*\}\}/y;
    close.lastIndex = this.at;
    if (!close.test(this.source))
      return this.fail(this.source.slice(this.at).trim() === "" ? "The closing }} is missing." : `"${this.source.slice(this.at).trimStart().charAt(0)}" is not expected here.`);
    return { logic, end: close.lastIndex };
  }

  private piped(logic: Json): Json {
    const name = this.current;
    if (name?.kind !== "word" && name?.kind !== "sign") return this.fail("An operator's name must follow |.");
    this.advance();
    const operands: Json[] = [logic];
    for (let separator = "colon"; this.kind() === separator; separator = "comma") {
      this.advance();
      operands.push(this.operand());
    }
    this.operators.push({ text: name.text, start: name.start, end: name.end, operands: operands.length });
    return { [name.text]: operands };
  }

  private operand(): Json {
    const read = this.current;
    if (!read) return this.fail("A path or a value is missing.");
    this.advance();
    if (read.kind === "text") return unquote(read.text);
    if (read.kind === "number") return Number(read.text);
    if (read.kind !== "word") return this.fail(`"${read.text}" is not expected here.`, read.start);
    const constant = words.get(read.text);
    if (constant !== undefined) return constant;
    this.paths.push({ text: read.text, start: read.start, end: read.end });
    return { var: read.text };
  }

  private kind(): string | undefined {
    return this.current?.kind;
  }

  private advance(): void {
    token.lastIndex = this.at;
    const match = token.exec(this.source);
    const kind = match ? kinds.find((_kind, at) => match[at + 1] !== undefined) : undefined;
    if (!match || !kind) {
      this.current = null;
      return;
    }
    const text = match[kinds.indexOf(kind) + 1] ?? "";
    this.current = { kind, text, start: token.lastIndex - text.length, end: token.lastIndex };
    this.at = token.lastIndex;
  }

  private fail(message: string, at = this.current?.start ?? this.at): never {
    const within = this.source.length > 120 ? `${this.source.slice(0, 120)}…` : this.source;
    throw new ExpressionError("bad-template", `${message} In: ${within}`, "", { at, reason: message });
  }
}

function parse(text: string): Template {
  const parts: Json[] = [];
  const paths: TemplatePath[] = [];
  const operators: Template["operators"][number][] = [];
  let plain = "";
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf("{{", at);
    if (open === -1) break;
    if (text[open - 1] === "\\" && open > at) {
      plain += `${text.slice(at, open - 1)}{{`;
      at = open + 2;
      continue;
    }
    plain += text.slice(at, open);
    if (plain !== "") parts.push(plain);
    plain = "";
    const parser = new Parser(text, open + 2);
    const { logic, end } = parser.expression();
    parts.push(logic);
    paths.push(...parser.paths);
    operators.push(...parser.operators);
    at = end;
  }
  plain += text.slice(at);
  if (paths.length === 0 && parts.length === 0) return { logic: plain, paths, operators };
  if (plain !== "") parts.push(plain);
  return { logic: parts.length === 1 ? (parts[0] ?? null) : { text: parts }, paths, operators };
}

const cache = new Map<string, Template>();

/** Takes a template apart; throws `bad-template`. */
export function parseTemplate(text: string): Template {
  if (!text.includes("{{")) return { logic: text, paths: [], operators: [] };
  const known = cache.get(text);
  if (known) return known;
  const template = parse(text);
  if (cache.size >= 2_000) cache.clear();
  if (text.length < 10_000) cache.set(text, template);
  return template;
}

/** The JsonLogic of a text with `{{ path | operator: argument }}` in it; one that is nothing but one `{{ }}` keeps the value's type. */
export function compileTemplate(text: string): Json {
  return parseTemplate(text).logic;
}
