import type { Json } from "../../json.ts";
import { parsePath } from "../path.ts";
import { isRefusedKey, readPath } from "../scope.ts";
import { asInteger, asList, asNumber, asText, isEmpty, isList, isObject, keyOf } from "./coerce.ts";
import { type Meter, type Operator, mayTake, operator, takes, takesMany } from "./operator.ts";

const list = takes("list", "list");
const field = takes("field", "path");

const read = (value: Json, path: Json | undefined, meter: Meter): Json => (isEmpty(path) ? value : readPath(value, parsePath(asText(path, meter))));

function unique([value, path]: readonly Json[], meter: Meter): Json {
  const seen = new Set<string>();
  return asList(value).filter((item) => {
    const key = keyOf(read(item, path, meter), meter);
    return !seen.has(key) && seen.add(key);
  });
}

function flatten([value, depth]: readonly Json[], meter: Meter): Json {
  let flat = asList(value);
  for (let level = Math.min(asInteger(depth, 1), 20); level > 0 && flat.some(isList); level -= 1) {
    flat = flat.flatMap((item) => item);
    meter.charge(flat.length);
  }
  return flat;
}

/** Numbers before texts before everything else; null last. */
function order(a: Json, b: Json, meter: Meter): number {
  const rank = (value: Json): number => (typeof value === "number" ? 0 : typeof value === "string" ? 1 : value === null ? 3 : 2);
  const difference = rank(a) - rank(b);
  if (difference !== 0) return difference;
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [left, right] = [asText(a, meter), asText(b, meter)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function sort([value, path, direction]: readonly Json[], meter: Meter): Json {
  const items = asList(value).map((item) => ({ item, key: read(item, path, meter) }));
  meter.charge(items.length * 8);
  const sign = direction === "descending" || direction === "desc" ? -1 : 1;
  return items.sort((a, b) => sign * order(a.key, b.key, meter)).map(({ item }) => item);
}

function where([value, path, wanted]: readonly Json[], meter: Meter): Json {
  const keys = new Set(asList(wanted).map((each) => keyOf(each, meter)));
  return asList(value).filter((item) => {
    const found = read(item, path, meter);
    return wanted === undefined ? !isEmpty(found) : asList(found).some((each) => keys.has(keyOf(each, meter)));
  });
}

function pairs(operands: readonly Json[], meter: Meter): Json {
  const entries: [string, Json][] = [];
  for (let at = 0; at < operands.length; at += 2) {
    const key = asText(operands[at], meter);
    if (!isRefusedKey(key)) entries.push([key, operands[at + 1] ?? null]);
  }
  return Object.fromEntries(entries);
}

function mergeObjects(operands: readonly Json[], meter: Meter): Json {
  const entries = operands
    .flatMap(asList)
    .filter(isObject)
    .flatMap((each) => Object.entries(each));
  meter.charge(entries.length);
  return Object.fromEntries(entries.filter(([key]) => !isRefusedKey(key)));
}

const keysIn = (value: Json | undefined, meter: Meter): Set<string> => new Set(asList(value).map((item) => keyOf(item, meter)));

/** Operators on lists and objects. One value counts as a list of it, null as the empty list. */
export const listOperators: readonly Operator[] = [
  operator("list", "unique", "Without repeats, by the whole item or a field of it.", [list, mayTake("field", "path")], { logic: { unique: [[1, 1, 2]] }, value: [1, 2] }, unique),
  operator(
    "list",
    "flatten",
    "Lists in the list become its items, one level or as many as given.",
    [list, mayTake("levels", "number")],
    { logic: { flatten: [[[1], [2, 3]]] }, value: [1, 2, 3] },
    flatten,
  ),
  operator("list", "first", "The first item, null when there is none.", [list], { logic: { first: [["a", "b"]] }, value: "a" }, ([value]) => asList(value)[0] ?? null),
  operator("list", "last", "The last item, null when there is none.", [list], { logic: { last: [["a", "b"]] }, value: "b" }, ([value]) => asList(value).at(-1) ?? null),
  operator(
    "list",
    "at",
    "The item at a position; negative counts from the end.",
    [list, takes("position", "number")],
    { logic: { at: [["a", "b"], -1] }, value: "b" },
    ([value, at]) => asList(value).at(asInteger(at, 0)) ?? null,
  ),
  operator("list", "count", "How many items.", [list], { logic: { count: [["a", "b"]] }, value: 2 }, ([value]) => asList(value).length),
  operator(
    "list",
    "sort",
    "In order, by the whole item or a field; `descending` turns it round.",
    [list, mayTake("field", "path"), mayTake("direction", "text")],
    { logic: { sort: [[3, 1, 2]] }, value: [1, 2, 3] },
    sort,
  ),
  operator("list", "reverse", "In the opposite order.", [list], { logic: { reverse: [[1, 2]] }, value: [2, 1] }, ([value]) => [...asList(value)].reverse()),
  operator(
    "list",
    "get",
    "What a path names in a value, or in each item of a list.",
    [takes("value"), field],
    { logic: { get: [{ var: "user" }, "name.first"] }, data: { user: { name: { first: "John" } } }, value: "John" },
    ([value, path], meter) => (isList(value) && !/^\d/.test(asText(path, meter)) ? value.map((item) => read(item, path, meter)) : read(value ?? null, path, meter)),
  ),
  operator(
    "list",
    "pluck",
    "A field of every item, without those that have none.",
    [list, field],
    { logic: { pluck: [{ var: "files" }, "name"] }, data: { files: [{ name: "a" }, {}] }, value: ["a"] },
    ([value, path], meter) =>
      asList(value)
        .map((item) => read(item, path, meter))
        .filter((item) => item !== null),
  ),
  operator(
    "list",
    "where",
    "Items whose field is (or holds) a value or one of a list; without a value, items that have the field.",
    [list, field, mayTake("value")],
    { logic: { where: [{ var: "files" }, "kind", "pdf"] }, data: { files: [{ kind: "pdf" }, { kind: "zip" }] }, value: [{ kind: "pdf" }] },
    where,
  ),
  operator(
    "list",
    "where-not",
    "Items whose field is not a value nor one of a list.",
    [list, field, takes("value")],
    { logic: { "where-not": [{ var: "files" }, "kind", "pdf"] }, data: { files: [{ kind: "pdf" }, { kind: "zip" }] }, value: [{ kind: "zip" }] },
    ([value, path, wanted], meter) => {
      const keys = keysIn(wanted, meter);
      return asList(value).filter((item) => !asList(read(item, path, meter)).some((each) => keys.has(keyOf(each, meter))));
    },
  ),
  operator("list", "compact", "Without null, empty text, empty lists and empty objects.", [list], { logic: { compact: [["a", "", null]] }, value: ["a"] }, ([value]) =>
    asList(value).filter((item) => !isEmpty(item)),
  ),
  operator(
    "list",
    "slice",
    "Items from one position up to another (not included).",
    [list, takes("from", "number"), mayTake("to", "number")],
    { logic: { slice: [[1, 2, 3], 1] }, value: [2, 3] },
    ([value, from, to]) => asList(value).slice(asInteger(from, 0), to === undefined || to === null ? undefined : asInteger(to, 0)),
  ),
  operator("list", "concat", "All lists as one.", [takesMany("list", "list")], { logic: { concat: [[1], [2, 3]] }, value: [1, 2, 3] }, (operands, meter) => {
    meter.charge(operands.reduce((sum: number, each) => sum + asList(each).length, 0));
    return operands.flatMap(asList);
  }),
  operator("list", "append", "The list with one more item.", [list, takes("item")], { logic: { append: [[1], 2] }, value: [1, 2] }, ([value, item]) => [
    ...asList(value),
    item ?? null,
  ]),
  operator("list", "to-list", "A list as it is, one value as a list of it, null as the empty list.", [takes("value")], { logic: { "to-list": "a" }, value: ["a"] }, ([value]) =>
    asList(value),
  ),
  operator(
    "list",
    "without",
    "Items of one list that are not in another.",
    [list, takes("others", "list")],
    { logic: { without: [[1, 2, 3], [2]] }, value: [1, 3] },
    ([value, others], meter) => {
      const keys = keysIn(others, meter);
      return asList(value).filter((item) => !keys.has(keyOf(item, meter)));
    },
  ),
  operator(
    "list",
    "intersect",
    "Items of one list that are also in another.",
    [list, takes("others", "list")],
    {
      logic: {
        intersect: [
          [1, 2, 3],
          [2, 3],
        ],
      },
      value: [2, 3],
    },
    ([value, others], meter) => {
      const keys = keysIn(others, meter);
      return asList(value).filter((item) => keys.has(keyOf(item, meter)));
    },
  ),
  operator(
    "list",
    "index-of",
    "The position of an item in a list or of a text in a text; -1 when it is not there.",
    [takes("value"), takes("item")],
    { logic: { "index-of": [["a", "b"], "b"] }, value: 1 },
    ([value, item], meter) => {
      if (!isList(value)) return asText(value, meter).indexOf(asText(item, meter));
      const wanted = keyOf(item ?? null, meter);
      return value.findIndex((each) => keyOf(each, meter) === wanted);
    },
  ),
  operator("list", "sum", "The sum of the numbers in a list.", [list, mayTake("field", "path")], { logic: { sum: [[1, 2, "3"]] }, value: 6 }, ([value, path], meter) =>
    asList(value).reduce((sum: number, item) => sum + (asNumber(read(item, path, meter)) ?? 0), 0),
  ),
  operator(
    "list",
    "keys",
    "The keys of an object.",
    [takes("object", "object")],
    { logic: { keys: { var: "user" } }, data: { user: { name: "John", id: 1 } }, value: ["name", "id"] },
    ([value]) => (isObject(value) ? Object.keys(value) : []),
  ),
  operator(
    "list",
    "values",
    "The values of an object.",
    [takes("object", "object")],
    { logic: { values: { var: "user" } }, data: { user: { name: "John", id: 1 } }, value: ["John", 1] },
    ([value]) => (isObject(value) ? Object.values(value) : []),
  ),
  operator(
    "list",
    "object",
    "An object of keys and values that alternate.",
    [takesMany("key or value")],
    { logic: { object: ["name", "John", "id", 1] }, value: { name: "John", id: 1 } },
    pairs,
  ),
  operator(
    "list",
    "merge-objects",
    "One object with the keys of all; later ones win.",
    [takesMany("object", "object")],
    { logic: { "merge-objects": [{ var: "a" }, { var: "b" }] }, data: { a: { x: 1, y: 1 }, b: { y: 2 } }, value: { x: 1, y: 2 } },
    mergeObjects,
  ),
];
