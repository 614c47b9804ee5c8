import type { Json, PlaybookInput } from "@drawbridge/playbook";
import { ProblemError } from "../problem-error.ts";

/** A war room command: `!integration.action name=value name="some words" name={"json":true}`. */
export interface Command {
  readonly action: string;
  readonly input: { readonly [key: string]: Json };
}

const word = /([A-Za-z][\w.-]*)=("(?:[^"\\]|\\.)*"|\S+)\s*/y;

/** Reads a command's text against the action's JSON Schema, which says what is text and what is JSON. */
export function readCommand(text: string, schemaOf: (action: string) => Json | null): Command {
  const head = /^!([a-z0-9-]+\.[a-z0-9-]+)(?:\s+|$)/.exec(text);
  const action = head?.[1];
  if (!head || action === undefined) throw refuse("A command looks like !integration.action name=value.");
  const schema = schemaOf(action);
  if (schema === null) throw refuse(`There is no action ${action}.`);
  return { action, input: readArguments(text, head[0].length, objectOf(objectOf(schema)["properties"]), action) };
}

/** Starts a playbook on the case: `/run playbook name=value`. */
export interface RunCommand {
  readonly playbook: string;
  readonly input: { readonly [key: string]: Json };
}

export const isRunCommand = (text: string): boolean => /^\/run(?:\s|$)/.test(text);

/** Reads a `/run` against the inputs that the playbook declares. */
export async function readRunCommand(text: string, inputsOf: (playbook: string) => Promise<readonly PlaybookInput[]>): Promise<RunCommand> {
  const head = /^\/run\s+([a-z0-9][a-z0-9-]*)(?:\s+|$)/.exec(text);
  const playbook = head?.[1];
  if (!head || playbook === undefined) throw refuse("It looks like /run playbook name=value.");
  const properties = Object.fromEntries((await inputsOf(playbook)).map(({ key, type }): [string, Json] => [key, type === "any" ? {} : { type }]));
  return { playbook, input: readArguments(text, head[0].length, properties, playbook) };
}

function readArguments(text: string, from: number, properties: { readonly [key: string]: Json }, of: string): { readonly [key: string]: Json } {
  const input: Record<string, Json> = {};
  const demandKnown = (name: string) => {
    if (!Object.hasOwn(properties, name)) throw refuse(`${of} has no argument ${name}; it has ${Object.keys(properties).join(", ") || "none"}.`);
  };
  let rest = from;
  while (rest < text.length) {
    const bracket = /([A-Za-z][\w.-]*)=(?=[[{])/y;
    bracket.lastIndex = rest;
    const opening = bracket.exec(text);
    if (opening) {
      const [, name = ""] = opening;
      demandKnown(name);
      const [value, end] = jsonAt(text, bracket.lastIndex);
      input[name] = value;
      rest = end;
      continue;
    }
    word.lastIndex = rest;
    const pair = word.exec(text);
    if (!pair) throw refuse(`This is not name=value: ${text.slice(rest, rest + 60)}`);
    const [, name = "", given = ""] = pair;
    demandKnown(name);
    input[name] = typed(given.startsWith('"') ? unquoted(given) : given, objectOf(properties[name]));
    rest = word.lastIndex;
  }
  return input;
}

function unquoted(given: string): string {
  try {
    return JSON.parse(given.replace(/[\n\r\t]/g, " ")) as string;
  } catch {
    throw refuse(`This is not a quoted text: ${given.slice(0, 60)}`);
  }
}

const refuse = (detail: string): ProblemError => new ProblemError("action-failed", detail, { pointer: "/text" });

const objectOf = (value: Json | undefined): { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as { readonly [key: string]: Json }) : {};

function typed(text: string, schema: { readonly [key: string]: Json }): Json {
  const options = Array.isArray(schema["anyOf"]) ? schema["anyOf"].map(objectOf) : [schema];
  const types = options.flatMap((option) => (typeof option["type"] === "string" ? [option["type"]] : []));
  if (types.includes("string") || types.length === 0) return text;
  if ((types.includes("number") || types.includes("integer")) && text.trim() !== "" && Number.isFinite(Number(text))) return Number(text);
  if (types.includes("boolean") && (text === "true" || text === "false")) return text === "true";
  if (types.includes("array")) return text.split(",").map((each) => each.trim());
  return text;
}

/** The JSON value that begins at a place, and where what follows it begins. */
function jsonAt(text: string, start: number): [Json, number] {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === "\\") at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") {
      depth -= 1;
      if (depth === 0) {
        try {
          return [JSON.parse(text.slice(start, at + 1)) as Json, at + 1 + (/^\s*/.exec(text.slice(at + 1))?.[0].length ?? 0)];
        } catch {
          break;
        }
      }
    }
  }
  throw refuse("A value that begins with { or [ must be JSON.");
}
