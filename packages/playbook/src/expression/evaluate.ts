import type { Json } from "../json.ts";
import { Evaluation } from "./evaluation.ts";
import type { Scope } from "./scope.ts";

/** Whether logic only reads, so that its value is as large as what was there. */
const onlyReads = (logic: Json): boolean => typeof logic !== "object" || logic === null || "var" in logic;

/** The value of JsonLogic in a scope. Throws nothing but `ExpressionError`; a missing path is null, and so is arithmetic that is not finite. */
export function evaluate(logic: Json, scope: Scope): Json {
  const evaluation = new Evaluation(scope);
  const value = evaluation.evaluate(logic, scope, null);
  if (typeof value === "object" && value !== null && !onlyReads(logic)) evaluation.measure(value);
  return value;
}
