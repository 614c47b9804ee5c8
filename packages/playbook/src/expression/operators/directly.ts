import type { Json } from "../../json.ts";
import { isTruthy } from "./coerce.ts";

/** Gives undefined where json-logic-js has to say. */
type Direct = (operands: readonly Json[]) => Json | undefined;

const two =
  (apply: (one: Json, other: Json) => Json | undefined): Direct =>
  (operands) =>
    operands.length === 2 ? apply(operands[0] as Json, operands[1] as Json) : undefined;

const numbers = (apply: (one: number, other: number) => number): Direct =>
  two((one, other) => (typeof one === "number" && typeof other === "number" ? apply(one, other) : undefined));

/** Texts compare with texts, numbers with numbers, without conversion. */
const ordered = (apply: (one: number | string, other: number | string) => boolean): Direct =>
  two((one, other) => ((typeof one === "number" && typeof other === "number") || (typeof one === "string" && typeof other === "string") ? apply(one, other) : undefined));

const alike = (equal: boolean): Direct => two((one, other) => (typeof one === typeof other && typeof one !== "object" ? (one === other) === equal : undefined));

/** What operators give for the operands that they mostly have; the same as json-logic-js gives, at a tenth of the cost. */
export const directly: ReadonlyMap<string, Direct> = new Map<string, Direct>([
  ["==", alike(true)],
  ["!=", alike(false)],
  ["===", two((one, other) => one === other)],
  ["!==", two((one, other) => one !== other)],
  ["<", ordered((one, other) => one < other)],
  ["<=", ordered((one, other) => one <= other)],
  [">", ordered((one, other) => one > other)],
  [">=", ordered((one, other) => one >= other)],
  ["+", numbers((one, other) => one + other)],
  ["-", numbers((one, other) => one - other)],
  ["*", numbers((one, other) => one * other)],
  ["/", numbers((one, other) => one / other)],
  ["%", numbers((one, other) => one % other)],
  ["!", (operands) => (operands.length === 1 ? !isTruthy(operands[0] as Json) : undefined)],
  ["!!", (operands) => (operands.length === 1 ? isTruthy(operands[0] as Json) : undefined)],
  ["in", two((one, other) => (Array.isArray(other) ? other.includes(one) : undefined))],
]);
