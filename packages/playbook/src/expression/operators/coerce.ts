import type { Json } from "../../json.ts";
import type { Meter } from "./operator.ts";

/** Whether a value is a JSON object (not a list). */
export const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } => typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a value is a list. */
export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** JsonLogic's truth: `false`, `null`, `0`, `""` and the empty list are false. */
export const isTruthy = (value: Json): boolean => (isList(value) ? value.length > 0 : Boolean(value));

/** Null, empty text, empty list, empty object. */
export const isEmpty = (value: Json | undefined): boolean =>
  value === null || value === undefined || value === "" || (isList(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);

/** A value as text: null is empty, objects and lists are JSON. */
export function asText(value: Json | undefined, meter: Meter): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  if (typeof value === "object") {
    meter.measure(value);
    return JSON.stringify(value);
  }
  return String(value);
}

/** A value as a list: null is the empty list, one value a list of it. */
export const asList = (value: Json | undefined): readonly Json[] => (isList(value) ? value : value === null || value === undefined ? [] : [value]);

/** A finite number, or the number that a text spells; else null. */
export function asNumber(value: Json | undefined): number | null {
  if (typeof value === "boolean") return value ? 1 : 0;
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

/** A whole number, or `otherwise` when it is none. */
export function asInteger(value: Json | undefined, otherwise: number): number {
  const number = asNumber(value);
  return number === null ? otherwise : Math.trunc(number);
}

/** A text that is equal for equal values, whatever the order of their keys. */
export function keyOf(value: Json, meter: Meter): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  meter.measure(value);
  return JSON.stringify(value, (_key, part: Json) => (isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part));
}

/** Applies a change of one text to each item when the value is a list. */
export const eachText = (value: Json | undefined, meter: Meter, change: (text: string) => Json): Json =>
  isList(value) ? value.map((item) => change(asText(item, meter))) : value === null || value === undefined ? null : change(asText(value, meter));
