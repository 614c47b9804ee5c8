import { andOperator, ifOperator, orOperator } from "./branching.ts";
import type { ControlOperator } from "./control-operator.ts";
import { allOperator, filterOperator, mapOperator, noneOperator, reduceOperator, someOperator } from "./iterating.ts";
import { literalOperator, logOperator, missingOperator, missingSomeOperator, rootOperator, varOperator } from "./reading.ts";

export type { ControlOperator } from "./control-operator.ts";

/** Operators that decide themselves what is evaluated, by name. */
export const controlOperators: ReadonlyMap<string, ControlOperator> = new Map([
  ["if", ifOperator],
  ["?:", ifOperator],
  ["and", andOperator],
  ["or", orOperator],
  ["var", varOperator],
  ["root", rootOperator],
  ["literal", literalOperator],
  ["log", logOperator],
  ["missing", missingOperator],
  ["missing_some", missingSomeOperator],
  ["map", mapOperator],
  ["filter", filterOperator],
  ["reduce", reduceOperator],
  ["all", allOperator],
  ["some", someOperator],
  ["none", noneOperator],
]);

/** Operators whose second operand reads the item, not the scope. */
export const bodyOperators: ReadonlySet<string> = new Set(["map", "filter", "reduce", "all", "some", "none"]);
