import { type Json, json } from "@drawbridge/playbook";
import * as z from "zod";

const types = z.enum(["object", "array", "string", "number", "boolean", "null"]);
type ValueType = z.output<typeof types>;

/** A field or an item: `total` counts its entries, or its characters; `value` is left out when it is large. */
const valueEntry = z.object({ key: z.string(), type: types, total: z.int(), value: json.optional() });
export type ValueEntry = z.output<typeof valueEntry>;

/** A stretch of a value: entries of a list or an object, or the text of a string, from `offset` on; a value of another type is one entry without a key. */
export const valuePart = z.object({ type: types, total: z.int(), offset: z.int(), entries: z.array(valueEntry), text: z.string().optional() });
export type ValuePart = z.output<typeof valuePart>;

/** Where words were found: the way there, and the value as far as it is short. */
export const valueMatches = z.object({ matches: z.array(z.object({ path: z.array(z.string()), entry: valueEntry })), complete: z.boolean() });
export type ValueMatches = z.output<typeof valueMatches>;

/** Values up to so many characters as JSON come with their entry, a page of them up to so many in all. */
const most = { entry: 2_000, page: 200_000, text: 20_000, matches: 100 };

function typeOf(value: Json): ValueType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value as "object" | "string" | "number" | "boolean";
}

function totalOf(value: Json): number {
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  return typeof value === "object" && value !== null ? Object.keys(value).length : 1;
}

/** How long the value is as JSON, reckoned no further than `limit`. */
function lengthOf(value: Json, limit: number): number {
  let length = 0;
  for (const left: Json[] = [value]; left.length > 0 && length <= limit;) {
    const each = left.pop() ?? null;
    if (typeof each !== "object" || each === null) length += typeof each === "string" ? each.length + 3 : 6;
    else if (Array.isArray(each)) {
      length += each.length + 2;
      if (length <= limit) left.push(...(each as readonly Json[]));
    } else
      for (const [key, inner] of Object.entries(each)) {
        length += key.length + 4;
        if (length > limit) break;
        left.push(inner);
      }
  }
  return length;
}

function entryOf(key: string, value: Json, limit = most.entry): ValueEntry {
  return { key, type: typeOf(value), total: totalOf(value), ...(lengthOf(value, limit) <= limit ? { value } : {}) };
}

/** The entries of a list or an object from `offset` on. */
export function entriesOf(value: Json, offset: number, limit: number): readonly (readonly [string, Json])[] {
  if (Array.isArray(value)) return (value as readonly Json[]).slice(offset, offset + limit).map((item, index) => [String(offset + index), item] as const);
  return typeof value === "object" && value !== null ? Object.entries(value).slice(offset, offset + limit) : [];
}

/** What stands at the end of `path`, a page of it; null when there is nothing. */
export function partOf(whole: Json, path: readonly string[], offset: number, limit: number): ValuePart | null {
  let value: Json = whole;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key) || (Array.isArray(value) && !/^\d+$/.test(key))) return null;
    value = (value as { readonly [key: string]: Json })[key] ?? null;
  }
  const type = typeOf(value);
  const total = totalOf(value);
  if (typeof value === "string") return { type, total, offset, entries: [], text: value.slice(offset, offset + most.text) };
  if (typeof value !== "object" || value === null) return { type, total, offset: 0, entries: [entryOf("", value)] };
  const entries: ValueEntry[] = [];
  let length = 0;
  for (const [key, each] of entriesOf(value, offset, limit)) {
    const entry = entryOf(key, each, Math.min(most.entry, Math.max(0, most.page - length)));
    entries.push(entry);
    length += entry.value === undefined ? key.length : lengthOf(each, most.entry) + key.length;
  }
  return { type, total, offset, entries };
}

/** Looks for words in names and values, whatever their case; yields after every `pace` values what was found so far. */
export function* findIn(whole: Json, words: string, pace = 20_000): Generator<ValueMatches, ValueMatches> {
  const needle = words.toLowerCase();
  const matches: ValueMatches["matches"] = [];
  let seen = 0;
  type Place = { readonly above: Place | null; readonly key: string; readonly value: Json };
  const wayTo = (place: Place): string[] => {
    const path: string[] = [];
    for (let each: Place | null = place; each?.above; each = each.above) path.unshift(each.key);
    return path;
  };
  const left: Place[] = [{ above: null, key: "", value: whole }];
  for (let place = left.pop(); place; place = left.pop()) {
    const { value, key, above } = place;
    const isInner = typeof value === "object" && value !== null;
    const isNamed = above !== null && !Array.isArray(above.value) && key.toLowerCase().includes(needle);
    if (isNamed || (!isInner && String(value).toLowerCase().includes(needle))) {
      if (matches.length >= most.matches) return { matches, complete: false };
      matches.push({ path: wayTo(place), entry: entryOf(key, value) });
    }
    if (isInner) for (const [inner, each] of Object.entries(value).reverse()) left.push({ above: place, key: inner, value: each as Json });
    seen += 1;
    if (seen % pace === 0) yield { matches, complete: false };
  }
  return { matches, complete: true };
}
