import type { Json } from "../../json.ts";
import { asInteger, asList, asText, eachText, isEmpty, isList, isObject, keyOf } from "./coerce.ts";
import { type Meter, type Operator, mayTake, operator, takes, takesMany } from "./operator.ts";

const text = takes("text", "text");

function contains([value, part]: readonly Json[], meter: Meter): boolean {
  if (isList(value)) {
    const wanted = keyOf(part ?? null, meter);
    return value.some((item) => keyOf(item, meter) === wanted);
  }
  if (isObject(value)) return Object.hasOwn(value, asText(part, meter));
  return asText(value, meter).includes(asText(part, meter));
}

function replaceAll(whole: string, find: string, by: string, meter: Meter): string {
  if (find === "") return whole;
  const pieces = whole.split(find);
  meter.charge(((pieces.length - 1) * by.length) / 16);
  return pieces.join(by);
}

function strip(whole: string, characters: string): string {
  let start = 0;
  let end = whole.length;
  while (start < end && characters.includes(whole.charAt(start))) start += 1;
  while (end > start && characters.includes(whole.charAt(end - 1))) end -= 1;
  return whole.slice(start, end);
}

const cell = (value: Json | undefined, meter: Meter): string => asText(value, meter).replaceAll("|", "\\|").replaceAll(/\r?\n/g, " ");

function table([value, wanted]: readonly Json[], meter: Meter): string {
  const rows = asList(value).filter(isObject);
  const columns = isEmpty(wanted) ? [...new Set(rows.flatMap((row) => Object.keys(row)))] : asList(wanted).map((each) => asText(each, meter));
  if (rows.length === 0 || columns.length === 0) return "";
  meter.charge(rows.length * columns.length);
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const read = (row: { readonly [key: string]: Json }, column: string): string => (Object.hasOwn(row, column) ? cell(row[column], meter) : "");
  return [line(columns.map((column) => cell(column, meter))), line(columns.map(() => "---")), ...rows.map((row) => line(columns.map((column) => read(row, column))))].join("\n");
}

const entities: { readonly [character: string]: string } = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function encodeUrl(plain: string): Json {
  try {
    return encodeURIComponent(plain);
  } catch {
    return null;
  }
}

function decodeUrl(encoded: string): Json {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

/** Operators on text. Those that change a text change each item of a list. */
export const textOperators: readonly Operator[] = [
  operator(
    "text",
    "text",
    "The parts as one text: null is empty, objects and lists are JSON.",
    [takesMany("part")],
    { logic: { text: ["n=", 3, null] }, value: "n=3" },
    (parts, meter) => {
      const texts = parts.map((part) => asText(part, meter));
      meter.charge(texts.reduce((sum, each) => sum + each.length, 0) / 16);
      return texts.join("");
    },
  ),
  operator("text", "lower", "Lower case.", [text], { logic: { lower: "ABC" }, value: "abc" }, ([value], meter) => eachText(value, meter, (each) => each.toLowerCase())),
  operator("text", "upper", "Upper case.", [text], { logic: { upper: "abc" }, value: "ABC" }, ([value], meter) => eachText(value, meter, (each) => each.toUpperCase())),
  operator(
    "text",
    "trim",
    "Without white space, or the characters given, at both ends.",
    [text, mayTake("characters", "text")],
    { logic: { trim: "  a " }, value: "a" },
    ([value, characters], meter) => eachText(value, meter, (each) => (isEmpty(characters) ? each.trim() : strip(each, asText(characters, meter)))),
  ),
  operator(
    "text",
    "split",
    "A list of the parts between separators (a comma when none is given), each trimmed.",
    [text, mayTake("separator", "text")],
    { logic: { split: ["a, b", ","] }, value: ["a", "b"] },
    ([value, separator], meter) => {
      const parts = asList(value).flatMap((each) => asText(each, meter).split(separator === undefined ? "," : asText(separator, meter)));
      meter.charge(parts.length);
      return parts.map((each) => each.trim());
    },
  ),
  operator(
    "text",
    "join",
    "A list as one text with a separator between (a comma and a space when none is given).",
    [takes("list", "list"), mayTake("separator", "text")],
    { logic: { join: [["a", "b"], "-"] }, value: "a-b" },
    ([list, separator], meter) => {
      const between = separator === undefined ? ", " : asText(separator, meter);
      const texts = asList(list).map((each) => asText(each, meter));
      meter.charge(texts.reduce((sum, each) => sum + each.length + between.length, 0) / 16);
      return texts.join(between);
    },
  ),
  operator(
    "text",
    "replace",
    "Every occurrence of one text by another.",
    [text, takes("find", "text"), takes("with", "text")],
    { logic: { replace: ["a-b-c", "-", "."] }, value: "a.b.c" },
    ([value, find, by], meter) => eachText(value, meter, (each) => replaceAll(each, asText(find, meter), asText(by, meter), meter)),
  ),
  operator(
    "text",
    "substring",
    "From one position up to another (not included).",
    [text, takes("from", "number"), mayTake("to", "number")],
    { logic: { substring: ["abcdef", 1, 3] }, value: "bc" },
    ([value, from, to], meter) => eachText(value, meter, (each) => each.slice(asInteger(from, 0), to === undefined || to === null ? undefined : asInteger(to, each.length))),
  ),
  operator(
    "text",
    "starts-with",
    "Whether a text starts with another.",
    [text, takes("start", "text")],
    { logic: { "starts-with": ["alert-7", "alert"] }, value: true },
    ([value, start], meter) => asText(value, meter).startsWith(asText(start, meter)),
  ),
  operator(
    "text",
    "ends-with",
    "Whether a text ends with another.",
    [text, takes("end", "text")],
    { logic: { "ends-with": ["report.pdf", ".pdf"] }, value: true },
    ([value, end], meter) => asText(value, meter).endsWith(asText(end, meter)),
  ),
  operator(
    "text",
    "contains",
    "Whether a text holds a text, a list an item, or an object a key.",
    [takes("value"), takes("part")],
    { logic: { contains: [["a", "b"], "b"] }, value: true },
    contains,
  ),
  operator(
    "text",
    "equals-ignore-case",
    "Whether two texts are equal but for case.",
    [text, takes("other", "text")],
    { logic: { "equals-ignore-case": ["John", "JOHN"] }, value: true },
    ([value, other], meter) => asText(value, meter).toLowerCase() === asText(other, meter).toLowerCase(),
  ),
  operator("text", "length", "Characters of a text, items of a list, keys of an object.", [takes("value")], { logic: { length: "abc" }, value: 3 }, ([value], meter) =>
    isList(value) ? value.length : isObject(value) ? Object.keys(value).length : asText(value, meter).length,
  ),
  operator("text", "escape-html", "Safe to put into an HTML page or mail.", [text], { logic: { "escape-html": "<b>" }, value: "&lt;b&gt;" }, ([value], meter) =>
    eachText(value, meter, (each) => each.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)),
  ),
  operator("text", "url-encode", "Safe to put into a URL.", [text], { logic: { "url-encode": "a b&c" }, value: "a%20b%26c" }, ([value], meter) =>
    eachText(value, meter, encodeUrl),
  ),
  operator("text", "url-decode", "Undoes url-encode; null when it is not encoded text.", [text], { logic: { "url-decode": "a%20b" }, value: "a b" }, ([value], meter) =>
    eachText(value, meter, decodeUrl),
  ),
  operator(
    "text",
    "table",
    "A list of objects as a Markdown table, of all columns or those named.",
    [takes("rows", "list"), mayTake("columns", "list")],
    { logic: { table: [{ var: "files" }] }, data: { files: [{ name: "a.pdf", size: 3 }] }, value: "| name | size |\n| --- | --- |\n| a.pdf | 3 |" },
    table,
  ),
];
