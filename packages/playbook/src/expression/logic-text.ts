import type { Json } from "../json.ts";
import { isList, isObject } from "../compare/same-json.ts";

/** The sign of an operator that stands between what it joins, and how closely it binds. */
const infix: { readonly [operator: string]: readonly [sign: string, binds: number] } = {
  or: ["or", 1],
  and: ["and", 2],
  "==": ["=", 3],
  "===": ["=", 3],
  "!=": ["≠", 3],
  "!==": ["≠", 3],
  "<": ["<", 3],
  "<=": ["≤", 3],
  ">": [">", 3],
  ">=": ["≥", 3],
  in: ["in", 3],
  "+": ["+", 4],
  "-": ["−", 4],
  "*": ["×", 5],
  "/": ["÷", 5],
  "%": ["mod", 5],
};

/** JsonLogic as a line that a person can read: paths bare, texts quoted, operators between what they join. */
function logicText(logic: Json, within = 0): string {
  if (isList(logic)) return `[${logic.map((each) => logicText(each)).join(", ")}]`;
  if (!isObject(logic)) return JSON.stringify(logic);
  const entries = Object.entries(logic);
  const [operator, given] = entries[0] ?? [];
  if (entries.length !== 1 || operator === undefined || given === undefined) return JSON.stringify(logic);
  const operands = isList(given) ? given : [given];
  if (operator === "var") return pathText(operands);
  const [sign, binds] = infix[operator] ?? ["", 0];
  const texts = operands.map((each) => logicText(each, binds));
  if (sign !== "" && texts.length > 1) return binds <= within ? `(${texts.join(` ${sign} `)})` : texts.join(` ${sign} `);
  if (operator === "!" && texts.length === 1) return `not ${logicText(operands[0] ?? null, 6)}`;
  if (operator === "if" && texts.length === 3) return `if ${texts[0]} then ${texts[1]} else ${texts[2]}`;
  return `${operator}(${texts.join(", ")})`;
}

function pathText([path, fallback]: readonly Json[]): string {
  const text = typeof path === "string" && path !== "" ? path : path === "" || path === undefined ? "it" : logicText(path, 6);
  return fallback === undefined ? text : `${text} (else ${logicText(fallback, 6)})`;
}

/** A field's value as a person reads it: texts as they are, conditions and `{ "$logic": … }` as a line of logic, anything else as JSON. */
export function valueText(pointer: string, value: Json): string {
  if (/\/(?:when|until)$/.test(pointer) && typeof value !== "string") return logicText(value);
  if (typeof value === "string") return value;
  if (isObject(value) && Object.hasOwn(value, "$logic")) return logicText(value["$logic"] ?? null);
  if (isList(value) && value.every((each) => typeof each === "string")) return value.join(", ");
  return JSON.stringify(value, null, 2);
}
