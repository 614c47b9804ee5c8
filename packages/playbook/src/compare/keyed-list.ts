import type { Json } from "../json.ts";
import { isList, isObject, type JsonObject } from "./same-json.ts";

/** What tells the elements of these lists apart, wherever they stand. */
const keyOfList: { readonly [list: string]: string } = { branches: "label", inputs: "key", outputs: "key", fields: "key" };

/** The elements by what tells them apart; null when the list is not of that sort. */
export function keyedList(list: string | number | undefined, value: Json | undefined): ReadonlyMap<string, JsonObject> | null {
  const key = typeof list === "string" ? keyOfList[list] : undefined;
  if (key === undefined || !isList(value)) return null;
  const elements = new Map<string, JsonObject>();
  for (const each of value) {
    const name = isObject(each) ? each[key] : undefined;
    if (!isObject(each) || typeof name !== "string" || elements.has(name)) return null;
    elements.set(name, each);
  }
  return elements;
}

/** The keys that all have, in the order of the first. */
export const commonKeys = (first: ReadonlyMap<string, unknown>, ...others: readonly ReadonlyMap<string, unknown>[]): string[] =>
  [...first.keys()].filter((key) => others.every((other) => other.has(key)));
