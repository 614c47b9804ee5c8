import type { Json } from "../json.ts";

/** What an expression can read. Roots: `input`, `steps.<id>.output|error`, `vars`, `case`, `item`, `index`, `run`, `output` (in `repeat.until`), `now`. A missing path is null. */
export interface Scope {
  read(path: readonly string[]): Json;
}

const refused: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);
const index = /^(?:0|[1-9]\d*)$/;

/** Keys that no expression reads and no document may hold. */
export const isRefusedKey = (key: string): boolean => refused.has(key);

function step(value: Json, segment: string): Json {
  if (typeof value === "string") return segment === "length" ? value.length : null;
  if (typeof value !== "object" || value === null) return null;
  if (Array.isArray(value)) {
    if (segment === "length") return value.length;
    return index.test(segment) ? ((value as readonly Json[])[Number(segment)] ?? null) : null;
  }
  if (refused.has(segment) || !Object.hasOwn(value, segment)) return null;
  return (value as { readonly [key: string]: Json })[segment] ?? null;
}

/** Reads a path in plain data, from one of its segments on: own properties only, null when missing. */
export function readPath(data: Json, path: readonly string[], from = 0): Json {
  let value = data;
  for (let at = from; at < path.length && value !== null; at += 1) value = step(value, path[at] as string);
  return value;
}

/** A scope over plain data; the empty path is the data itself. */
export function scopeOf(data: Json): Scope {
  return { read: (path) => readPath(data, path) };
}
