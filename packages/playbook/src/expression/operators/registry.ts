import { coreOperators } from "./core.ts";
import { dateOperators } from "./dates.ts";
import { listOperators } from "./lists.ts";
import { networkOperators } from "./network.ts";
import { numberOperators } from "./numbers.ts";
import type { Operator } from "./operator.ts";
import { patternOperators } from "./patterns.ts";
import { textOperators } from "./text.ts";
import { valueOperators } from "./values.ts";

/** Every operator whose operands are evaluated before it is applied, by name. */
export const operators: ReadonlyMap<string, Operator> = new Map(
  [...coreOperators, ...textOperators, ...listOperators, ...numberOperators, ...dateOperators, ...patternOperators, ...networkOperators, ...valueOperators].map((each) => [
    each.name,
    each,
  ]),
);
