import type { Json } from "../json.ts";
import { pointerOf } from "../pointer.ts";
import { controlOperators } from "./control/registry.ts";
import { evaluate } from "./evaluate.ts";
import { ExpressionError, type ExpressionErrorCode } from "./expression-error.ts";
import { coreOperators } from "./operators/core.ts";
import { operators } from "./operators/registry.ts";
import { embeddedLogic } from "./resolve.ts";
import { scopeOf } from "./scope.ts";
import { compileTemplate } from "./template.ts";

/** Something wrong with an expression that shows without evaluating it. */
export interface ExpressionProblem {
  readonly code: ExpressionErrorCode | "missing-operand";
  readonly message: string;
  readonly pointer: string;
}

type Pointer = readonly (string | number)[];
const deepest = 100;
const core: ReadonlySet<string> = new Set(coreOperators.map((each) => each.name));
const nothing = scopeOf(null);

function patternProblem(name: string, pattern: Json | undefined, at: Pointer): ExpressionProblem[] {
  if (!name.startsWith("regex-") || typeof pattern !== "string") return [];
  try {
    evaluate({ "regex-match": ["", pattern] }, nothing);
    return [];
  } catch (error) {
    return error instanceof ExpressionError ? [{ code: error.code, message: error.message, pointer: pointerOf(at) }] : [];
  }
}

function inLogic(logic: Json, at: Pointer, depth: number): ExpressionProblem[] {
  if (typeof logic !== "object" || logic === null) return [];
  if (depth > deepest) return [{ code: "too-deep", message: `The expression is nested more than ${deepest} levels deep.`, pointer: pointerOf(at) }];
  if (Array.isArray(logic)) return (logic as readonly Json[]).flatMap((each, index) => inLogic(each, [...at, index], depth + 1));
  const entries = Object.entries(logic as { readonly [key: string]: Json });
  const [first] = entries;
  if (!first || entries.length !== 1 || first[0] === "literal") return [];
  const [name, given] = first;
  const here = [...at, name];
  const operator = operators.get(name);
  if (!operator && !controlOperators.has(name)) return [{ code: "unknown-operator", message: `There is no operator "${name}".`, pointer: pointerOf(here) }];
  const operands = Array.isArray(given) ? (given as readonly Json[]) : [given];
  const missing = core.has(name) ? undefined : operator?.parameters.filter((each) => !each.optional && !each.many)[operands.length];
  return [
    ...(missing ? [{ code: "missing-operand" as const, message: `"${name}" needs its ${missing.name}.`, pointer: pointerOf(here) }] : []),
    ...patternProblem(name, operands[1], here),
    ...operands.flatMap((each, index) => inLogic(each, Array.isArray(given) ? [...here, index] : here, depth + 1)),
  ];
}

function inTemplate(text: string, at: Pointer): ExpressionProblem[] {
  try {
    return inLogic(compileTemplate(text), [], 0).map((each) => ({ ...each, pointer: pointerOf(at) }));
  } catch (error) {
    if (error instanceof ExpressionError) return [{ code: error.code, message: error.message, pointer: pointerOf(at) }];
    throw error;
  }
}

function inValue(value: Json, at: Pointer): ExpressionProblem[] {
  if (typeof value === "string") return value.includes("{{") ? inTemplate(value, at) : [];
  if (typeof value !== "object" || value === null || at.length > deepest) return [];
  const logic = embeddedLogic(value);
  if (logic !== undefined) return inLogic(logic, [...at, "$logic"], 0);
  const parts = Array.isArray(value) ? (value as readonly Json[]).map((each, index) => [index, each] as const) : Object.entries(value as { readonly [key: string]: Json });
  return parts.flatMap(([key, part]) => inValue(part, [...at, key]));
}

/** What is wrong with JsonLogic: unknown operators, missing operands, patterns that do not compile. */
export const logicProblems = (logic: Json): ExpressionProblem[] => inLogic(logic, [], 0);

/** What is wrong with the templates and the `$logic` in a value. */
export const valueProblems = (value: Json): ExpressionProblem[] => inValue(value, []);
