import type { Json } from "../../json.ts";
import { asInteger, asNumber, isList } from "./coerce.ts";
import { type Operator, mayTake, operator, takes } from "./operator.ts";

const number = takes("number", "number");

const each = (value: Json | undefined, change: (number: number) => number): Json => {
  if (isList(value)) return value.map((item) => each(item, change));
  const given = asNumber(value);
  if (given === null || value === null) return null;
  const changed = change(given);
  return Number.isFinite(changed) ? changed + 0 : null;
};

function round(value: number, digits: number): number {
  const factor = 10 ** Math.max(-15, Math.min(15, digits));
  return Math.round(value * factor) / factor;
}

/** Operators on numbers; what is no number gives null. */
export const numberOperators: readonly Operator[] = [
  operator(
    "number",
    "round",
    "Rounded to whole numbers, or to digits after the point.",
    [number, mayTake("digits", "number")],
    { logic: { round: [3.14159, 2] }, value: 3.14 },
    ([value, digits]) => each(value, (given) => round(given, asInteger(digits, 0))),
  ),
  operator("number", "floor", "Rounded down.", [number], { logic: { floor: 3.9 }, value: 3 }, ([value]) => each(value, Math.floor)),
  operator("number", "ceil", "Rounded up.", [number], { logic: { ceil: 3.1 }, value: 4 }, ([value]) => each(value, Math.ceil)),
  operator("number", "abs", "Without its sign.", [number], { logic: { abs: -2 }, value: 2 }, ([value]) => each(value, Math.abs)),
  operator(
    "number",
    "between",
    "Whether a number is from one to another, ends included.",
    [number, takes("from", "number"), takes("to", "number")],
    { logic: { between: [5, 1, 10] }, value: true },
    ([value, from, to]) => {
      const [given, low, high] = [asNumber(value), asNumber(from), asNumber(to)];
      return given !== null && low !== null && high !== null && low <= given && given <= high;
    },
  ),
];
