import type { Json } from "../json.ts";

/** Something that Drawbridge deliberately does otherwise than json-logic-js. */
export interface Deviation {
  readonly what: string;
  readonly logic: Json;
  readonly data: Json;
  readonly value: Json;
}

/** Everything done otherwise than json-logic-js does it; each is a tested example. */
export const deviations: readonly Deviation[] = [
  { what: "Arithmetic is finite: what would be NaN or an infinity is null.", logic: { "/": [1, 0] }, data: null, value: null },
  { what: "A default of `var` is also used when the value is null, since a missing path and null are the same.", logic: { var: ["a", "x"] }, data: { a: null }, value: "x" },
  { what: 'A path may quote a segment: `a["b.c"].0`.', logic: { var: 'a["b.c"].0' }, data: { a: { "b.c": [7] } }, value: 7 },
  { what: "`var` reads own properties only, and of a text only its length.", logic: { var: "a.constructor" }, data: { a: "text" }, value: null },
  { what: "`log` writes nothing.", logic: { log: "apple" }, data: null, value: "apple" },
  {
    what: "An operand that is an object without a usable toString compares as false and has no text, instead of throwing.",
    logic: { "==": [{ var: "a" }, "x"] },
    data: { a: { toString: 1 } },
    value: false,
  },
  { what: "`and`, `or`, `*`, `min` and `max` of nothing are null.", logic: { max: [] }, data: null, value: null },
];
