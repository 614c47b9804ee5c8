import type { Json } from "@drawbridge/playbook";
import { literalOf, literalText } from "./literal-text.ts";
import { logicOf, textOf } from "./template-text.ts";

/** One comparison: `left` is the inside of a `{{ }}`; `right` is a value as typed, or a `{{ }}`. */
export interface ConditionRow {
  readonly left: string;
  readonly operator: RowOperator;
  readonly right: string;
}

/** A part that says more than a row can; it is shown as JsonLogic in its place. */
export interface LogicRow {
  readonly logic: Json;
}

/** Rows or groups of rows, of which all or any must hold. */
export interface ConditionGroup {
  readonly match: "all" | "any";
  readonly rows: readonly ConditionPart[];
}

export type ConditionPart = ConditionRow | LogicRow | ConditionGroup;

export const isGroup = (part: ConditionPart): part is ConditionGroup => "rows" in part;
export const isLogicRow = (part: ConditionPart): part is LogicRow => "logic" in part;

type Shape = "right" | "list" | "none";

interface OperatorLook {
  readonly title: string;
  readonly takes: Shape;
  readonly logic: (left: Json, right: Json) => Json;
}

/** Every comparison of the builder: its words, what it takes, and its JsonLogic. */
const comparisons = {
  equals: { title: "is", takes: "right", logic: (left: Json, right: Json) => ({ "==": [left, right] }) },
  "not-equals": { title: "is not", takes: "right", logic: (left: Json, right: Json) => ({ "!=": [left, right] }) },
  contains: { title: "contains", takes: "right", logic: (left: Json, right: Json) => ({ in: [right, left] }) },
  "contains-not": { title: "does not contain", takes: "right", logic: (left: Json, right: Json) => ({ "!": [{ in: [right, left] }] }) },
  "one-of": { title: "is one of", takes: "list", logic: (left: Json, right: Json) => ({ in: [left, right] }) },
  "none-of": { title: "is none of", takes: "list", logic: (left: Json, right: Json) => ({ "!": [{ in: [left, right] }] }) },
  greater: { title: "is greater than", takes: "right", logic: (left: Json, right: Json) => ({ ">": [left, right] }) },
  "greater-equal": { title: "is at least", takes: "right", logic: (left: Json, right: Json) => ({ ">=": [left, right] }) },
  less: { title: "is less than", takes: "right", logic: (left: Json, right: Json) => ({ "<": [left, right] }) },
  "less-equal": { title: "is at most", takes: "right", logic: (left: Json, right: Json) => ({ "<=": [left, right] }) },
  "starts-with": { title: "starts with", takes: "right", logic: (left: Json, right: Json) => ({ "starts-with": [left, right] }) },
  "ends-with": { title: "ends with", takes: "right", logic: (left: Json, right: Json) => ({ "ends-with": [left, right] }) },
  "regex-match": { title: "matches", takes: "right", logic: (left: Json, right: Json) => ({ "regex-match": [left, right] }) },
  cidr: { title: "lies in the network", takes: "right", logic: (left: Json, right: Json) => ({ cidr: [left, right] }) },
  before: { title: "is before", takes: "right", logic: (left: Json, right: Json) => ({ before: [left, right] }) },
  after: { title: "is after", takes: "right", logic: (left: Json, right: Json) => ({ after: [left, right] }) },
  exists: { title: "exists", takes: "none", logic: (left: Json) => ({ exists: [left] }) },
  empty: { title: "is empty", takes: "none", logic: (left: Json) => ({ "is-empty": [left] }) },
  "not-empty": { title: "is not empty", takes: "none", logic: (left: Json) => ({ "!": [{ "is-empty": [left] }] }) },
  true: { title: "is true", takes: "none", logic: (left: Json) => ({ "!!": [left] }) },
  false: { title: "is not true", takes: "none", logic: (left: Json) => ({ "!": [left] }) },
} satisfies { readonly [name: string]: OperatorLook };

export type RowOperator = keyof typeof comparisons;

export const rowOperators: { readonly [Name in RowOperator]: OperatorLook } = comparisons;

export const emptyRow: ConditionRow = { left: "", operator: "equals", right: "" };

/** The JsonLogic of a group; `problem` when a row is not finished. */
export function groupLogic(group: ConditionGroup): { readonly logic: Json } | { readonly problem: string } {
  const parts: Json[] = [];
  for (const row of group.rows) {
    const part = partLogic(row);
    if ("problem" in part) return part;
    parts.push(part.logic);
  }
  if (parts.length === 0) return { problem: "Add a row." };
  const [only] = parts;
  return { logic: parts.length === 1 && only !== undefined ? only : { [group.match === "all" ? "and" : "or"]: parts } };
}

/** The JsonLogic of one part. */
export const partLogic = (part: ConditionPart): { readonly logic: Json } | { readonly problem: string } =>
  isGroup(part) ? groupLogic(part) : isLogicRow(part) ? part : rowLogic(part);

function rowLogic(row: ConditionRow): { readonly logic: Json } | { readonly problem: string } {
  const left = logicOf(row.left);
  if ("problem" in left) return left;
  const operator = rowOperators[row.operator];
  if (operator.takes === "none") return { logic: operator.logic(left.logic, null) };
  const right = rightLogic(row.right, operator.takes);
  return "problem" in right ? right : { logic: operator.logic(left.logic, right.logic) };
}

function rightLogic(text: string, takes: "right" | "list"): { readonly logic: Json } | { readonly problem: string } {
  if (text.trim().startsWith("{{")) return logicOf(text);
  const value = literalOf(text);
  if (takes === "right" || Array.isArray(value)) return { logic: value };
  return {
    logic: text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "")
      .map(literalOf),
  };
}

/** JsonLogic as rows and groups, what they cannot say as JsonLogic in its place; `groupLogic` gives the same JsonLogic back. */
export function groupOf(logic: Json): ConditionGroup {
  return readGroup(logic, 0) ?? { match: "all", rows: [readRow(logic) ?? { logic }] };
}

/** So deep groups are shown as groups. */
export const deepestGroup = 4;

function readGroup(logic: Json, depth: number): ConditionGroup | null {
  if (typeof logic !== "object" || logic === null || Array.isArray(logic) || depth > deepestGroup) return null;
  const entries = Object.entries(logic);
  const [operator, operands] = entries[0] ?? [];
  if (entries.length !== 1 || (operator !== "and" && operator !== "or") || !Array.isArray(operands) || operands.length < 2) return null;
  return { match: operator === "and" ? "all" : "any", rows: (operands as readonly Json[]).map((each) => readRow(each) ?? readGroup(each, depth + 1) ?? { logic: each }) };
}

function readRow(logic: Json): ConditionRow | null {
  for (const name of Object.keys(rowOperators) as RowOperator[]) {
    const row = readAs(logic, name);
    const back = row && rowLogic(row);
    if (row && back && "logic" in back && JSON.stringify(back.logic) === JSON.stringify(logic)) return row;
  }
  return null;
}

const hole = { left: "\u0000left", right: "\u0000right" };

/** Matches logic against an operator's own pattern. */
function readAs(logic: Json, name: RowOperator): ConditionRow | null {
  const operator = rowOperators[name];
  const found: { left?: Json; right?: Json } = {};
  if (!matches(operator.logic(hole.left, hole.right), logic, found) || found.left === undefined) return null;
  const left = textOf(found.left);
  if (left === null) return null;
  if (operator.takes === "none") return { left, operator: name, right: "" };
  if (found.right === undefined) return null;
  const right = rightText(found.right, operator.takes);
  return right === null ? null : { left, operator: name, right };
}

function rightText(value: Json, takes: "right" | "list"): string | null {
  const path = textOf(value);
  if (path !== null) return `{{ ${path} }}`;
  if (takes === "right") return typeof value === "object" && value !== null ? null : literalText(value);
  if (!Array.isArray(value)) return null;
  const parts = (value as Json[]).map(literalText);
  return parts.some((part) => part.includes(",")) || parts.length === 0 ? JSON.stringify(value) : parts.join(", ");
}

function matches(pattern: Json, logic: Json, found: { left?: Json; right?: Json }): boolean {
  if (pattern === hole.left) return ((found.left = logic), true);
  if (pattern === hole.right) return ((found.right = logic), true);
  if (Array.isArray(pattern))
    return Array.isArray(logic) && logic.length === pattern.length && (pattern as Json[]).every((each, index) => matches(each, (logic as Json[])[index] ?? null, found));
  if (typeof pattern !== "object" || pattern === null || typeof logic !== "object" || logic === null || Array.isArray(logic)) return pattern === logic;
  const [key, operands] = Object.entries(pattern)[0] ?? ["", null];
  const keys = Object.keys(logic);
  return keys.length === 1 && keys[0] === key && matches(operands, (logic as { readonly [key: string]: Json })[key] ?? null, found);
}
