import type { Json } from "../../json.ts";
import { isRefusedKey } from "../scope.ts";
import { asNumber, asText, eachText, isEmpty, isList, keyOf } from "./coerce.ts";
import { type Meter, type Operator, mayTake, operator, takes } from "./operator.ts";

const value = takes("value");

function parseJson(text: string): Json {
  try {
    return JSON.parse(text, (key, part: Json) => (isRefusedKey(key) ? undefined : part === 0 ? 0 : part)) as Json;
  } catch {
    return null;
  }
}

function toBoolean(given: Json | undefined): Json {
  if (typeof given === "boolean") return given;
  const text = String(typeof given === "object" ? "" : given)
    .trim()
    .toLowerCase();
  if (["true", "yes", "1", "on"].includes(text)) return true;
  return ["false", "no", "0", "off"].includes(text) ? false : null;
}

function stringify([given, indent]: readonly Json[], meter: Meter): string {
  meter.measure(given ?? null);
  return JSON.stringify(given ?? null, null, indent === true ? 2 : undefined);
}

/** Operators on any value. */
export const valueOperators: readonly Operator[] = [
  operator(
    "value",
    "default",
    "The value, or another when it is null or empty.",
    [value, takes("otherwise")],
    { logic: { default: [{ var: "none" }, "unknown"] }, value: "unknown" },
    ([given, otherwise]) => (isEmpty(given) ? (otherwise ?? null) : (given ?? null)),
  ),
  operator(
    "value",
    "exists",
    "Whether there is a value at all: false, 0 and empty text count.",
    [value],
    { logic: { exists: { var: "none" } }, value: false },
    ([given]) => given !== null && given !== undefined,
  ),
  operator("value", "is-empty", "Whether a value is null, empty text, an empty list or an empty object.", [value], { logic: { "is-empty": [[]] }, value: true }, ([given]) =>
    isEmpty(given),
  ),
  operator(
    "value",
    "equals",
    "Whether two values are the same, lists and objects by what they hold.",
    [value, takes("other")],
    {
      logic: {
        equals: [
          [1, 2],
          [1, 2],
        ],
      },
      value: true,
    },
    ([given, other], meter) => keyOf(given ?? null, meter) === keyOf(other ?? null, meter),
  ),
  operator("value", "type-of", "The type: null, boolean, number, string, list or object.", [value], { logic: { "type-of": [[1]] }, value: "list" }, ([given]) =>
    given === null || given === undefined ? "null" : isList(given) ? "list" : typeof given,
  ),
  operator("value", "to-number", "The number that a text spells, null when it spells none.", [value], { logic: { "to-number": "12.5" }, value: 12.5 }, ([given]) =>
    isList(given) ? given.map(asNumber) : asNumber(given),
  ),
  operator("value", "to-string", "The value as text; null is empty, objects and lists are JSON.", [value], { logic: { "to-string": 7 }, value: "7" }, ([given], meter) =>
    asText(given, meter),
  ),
  operator("value", "to-boolean", "True for true, yes, on and 1; false for false, no, off and 0; else null.", [value], { logic: { "to-boolean": "yes" }, value: true }, ([given]) =>
    toBoolean(given),
  ),
  operator(
    "value",
    "json-parse",
    "The value that a JSON text spells; null when it is not JSON.",
    [takes("text", "text")],
    { logic: { "json-parse": "[1,2]" }, value: [1, 2] },
    ([given], meter) => (typeof given === "string" || isList(given) ? eachText(given, meter, parseJson) : (given ?? null)),
  ),
  operator(
    "value",
    "json-stringify",
    "The value as JSON text; indented when asked.",
    [value, mayTake("indented", "boolean")],
    { logic: { "json-stringify": [[1, 2]] }, value: "[1,2]" },
    stringify,
  ),
];
