import type { Json } from "../json.ts";
import { bodyOperators } from "./control/registry.ts";
import { ExpressionError } from "./expression-error.ts";
import { embeddedLogic } from "./resolve.ts";
import { parseTemplate } from "./template.ts";

/** Gives the text that a path should have; `pointer` is where it stands. */
export type PathChange = (text: string, pointer: readonly (string | number)[]) => string;

type Pointer = readonly (string | number)[];
const deepest = 100;
const readers: ReadonlySet<string> = new Set(["var", "root", "missing", "missing_some"]);

const same = (before: readonly Json[], after: readonly Json[]): boolean => before.every((each, at) => each === after[at]);

function mapped(list: readonly Json[], change: (item: Json, at: number) => Json): readonly Json[] {
  const made = list.map(change);
  return same(list, made) ? list : made;
}

function rewriteReader(name: string, given: Json, pointer: Pointer, inBody: boolean, change: PathChange): Json {
  const absolute = name === "root" || !inBody;
  const text = (value: Json, at: Pointer): Json => (typeof value === "string" && value !== "" && absolute ? change(value, at) : rewriteLogicAt(value, at, inBody, change));
  const texts = (value: Json, at: Pointer): Json => (Array.isArray(value) ? mapped(value as readonly Json[], (each, index) => text(each, [...at, index])) : text(value, at));
  if (!Array.isArray(given)) return text(given, pointer);
  const operands = given as readonly Json[];
  if (name === "missing") return mapped(operands, (each, at) => texts(each, [...pointer, at]));
  const path = name === "missing_some" ? 1 : 0;
  return mapped(operands, (each, at) => (at === path ? texts(each, [...pointer, at]) : rewriteLogicAt(each, [...pointer, at], inBody, change)));
}

function rewriteLogicAt(logic: Json, pointer: Pointer, inBody: boolean, change: PathChange): Json {
  if (typeof logic !== "object" || logic === null || pointer.length > deepest * 2) return logic;
  if (Array.isArray(logic)) return mapped(logic as readonly Json[], (each, at) => rewriteLogicAt(each, [...pointer, at], inBody, change));
  const entries = Object.entries(logic as { readonly [key: string]: Json });
  const [first] = entries;
  if (!first || entries.length !== 1 || first[0] === "literal") return logic;
  const [name, given] = first;
  const at = [...pointer, name];
  const made = readers.has(name)
    ? rewriteReader(name, given, at, inBody, change)
    : Array.isArray(given)
      ? mapped(given as readonly Json[], (each, index) => rewriteLogicAt(each, [...at, index], inBody || (index === 1 && bodyOperators.has(name)), change))
      : rewriteLogicAt(given, at, inBody, change);
  return made === given ? logic : { [name]: made };
}

function rewriteTemplate(text: string, pointer: Pointer, change: PathChange): string {
  try {
    const { paths } = parseTemplate(text);
    let result = "";
    let from = 0;
    for (const path of paths) {
      result += text.slice(from, path.start) + change(path.text, pointer);
      from = path.end;
    }
    return result + text.slice(from);
  } catch (error) {
    if (error instanceof ExpressionError) return text;
    throw error;
  }
}

function rewriteValueAt(value: Json, pointer: Pointer, change: PathChange): Json {
  if (typeof value === "string") return value.includes("{{") ? rewriteTemplate(value, pointer, change) : value;
  if (typeof value !== "object" || value === null || pointer.length > deepest) return value;
  const logic = embeddedLogic(value);
  if (logic !== undefined) {
    const made = rewriteLogicAt(logic, [...pointer, "$logic"], false, change);
    return made === logic ? value : { $logic: made };
  }
  if (Array.isArray(value)) return mapped(value as readonly Json[], (each, at) => rewriteValueAt(each, [...pointer, at], change));
  const entries = Object.entries(value as { readonly [key: string]: Json });
  const made = entries.map(([key, part]) => [key, rewriteValueAt(part, [...pointer, key], change)] as const);
  return made.every(([, part], at) => part === entries[at]?.[1]) ? value : Object.fromEntries(made);
}

/** The same logic with its absolute paths changed; the same value when none did. */
export const rewriteLogicPaths = (logic: Json, change: PathChange): Json => rewriteLogicAt(logic, [], false, change);

/** The same value with the paths in its templates and its `$logic` changed; what does not compile stays as it is. */
export const rewriteValuePaths = (value: Json, change: PathChange): Json => rewriteValueAt(value, [], change);
