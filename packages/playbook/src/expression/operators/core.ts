import jsonLogic from "json-logic-js";
import type { Json } from "../../json.ts";
import { directly } from "./directly.ts";
import { type Meter, type Operator, operator, takes, takesMany } from "./operator.ts";

type Rule = Parameters<typeof jsonLogic.apply>[0];

/** One rule per arity, reading its operands as data, so that data is never taken for logic. */
const rules = new Map<string, Rule[]>();

function ruleFor(name: string, arity: number): Rule {
  let byArity = rules.get(name);
  if (!byArity) rules.set(name, (byArity = []));
  return (byArity[arity] ??= { [name]: Array.from({ length: arity }, (_, at) => ({ var: String(at) })) } as Rule);
}

const deep = (value: Json, meter: Meter): void => meter.measure(value);
const shallow = (value: Json, meter: Meter): void => {
  if (Array.isArray(value)) meter.charge(value.length / 8);
};

/** Objects that refuse conversion (a `toString` that is no function) give `otherwise`. */
const native = (name: string, otherwise: Json, weigh = deep): Operator["apply"] => {
  const direct = directly.get(name);
  return (operands, meter) => {
    for (const each of operands) if (typeof each === "object" && each !== null) weigh(each, meter);
    const known = direct?.(operands);
    if (known !== undefined) return known;
    try {
      const value = jsonLogic.apply(ruleFor(name, operands.length), operands) as Json | undefined;
      return value ?? null;
    } catch {
      return otherwise;
    }
  };
};

const any = takes("a");
const two = [any, takes("b")];
const numbers = [takes("a", "number"), takes("b", "number")];
const compare = (name: string, summary: string, logic: Json, value: boolean): Operator => operator("logic", name, summary, two, { logic, value }, native(name, false));

/** JsonLogic's own operators that evaluate their operands first; json-logic-js does the work. */
export const coreOperators: readonly Operator[] = [
  compare("==", 'Equal after conversion: 1 equals "1".', { "==": [1, "1"] }, true),
  compare("===", "Equal, and of the same type.", { "===": [1, "1"] }, false),
  compare("!=", "Not equal, after conversion.", { "!=": [1, "1"] }, false),
  compare("!==", "Not equal, or of another type.", { "!==": [1, "1"] }, true),
  compare(">", "Greater.", { ">": [2, 1] }, true),
  compare(">=", "Greater or equal.", { ">=": [1, 1] }, true),
  operator("logic", "<", "Less; with three operands, between without the ends.", [...two, takesMany("c")], { logic: { "<": [1, 2, 3] }, value: true }, native("<", false)),
  operator("logic", "<=", "Less or equal; with three operands, between with the ends.", [...two, takesMany("c")], { logic: { "<=": [1, 1, 3] }, value: true }, native("<=", false)),
  operator("logic", "!", "Not: true for null, false, 0, empty text and the empty list.", [any], { logic: { "!": [[]] }, value: true }, native("!", false, shallow)),
  operator("logic", "!!", "Whether the value counts as true.", [any], { logic: { "!!": ["0"] }, value: true }, native("!!", false, shallow)),
  operator(
    "logic",
    "in",
    "Whether a value is in a list, or a text in a text.",
    [takes("value"), takes("list", "list")],
    { logic: { in: ["b", ["a", "b"]] }, value: true },
    native("in", false, shallow),
  ),
  operator("text", "cat", "Joins texts without anything between.", [takesMany("part")], { logic: { cat: ["ice", "cream"] }, value: "icecream" }, native("cat", "")),
  operator(
    "text",
    "substr",
    "A part of a text: from a position (negative counts from the end), of a length.",
    [takes("text", "text"), takes("start", "number"), { name: "length", type: "number", optional: true }],
    { logic: { substr: ["jsonlogic", 4] }, value: "logic" },
    native("substr", ""),
  ),
  operator("number", "+", "The sum; with one operand, its number.", [takesMany("number", "number")], { logic: { "+": [1, "2"] }, value: 3 }, native("+", null)),
  operator("number", "-", "The difference; with one operand, its negative.", numbers, { logic: { "-": [5, 3] }, value: 2 }, native("-", null)),
  operator("number", "*", "The product.", [takesMany("number", "number")], { logic: { "*": [2, 3] }, value: 6 }, native("*", null)),
  operator("number", "/", "The quotient; null when dividing by zero.", numbers, { logic: { "/": [6, 3] }, value: 2 }, native("/", null)),
  operator("number", "%", "The remainder.", numbers, { logic: { "%": [7, 3] }, value: 1 }, native("%", null)),
  operator("number", "min", "The smallest.", [takesMany("number", "number")], { logic: { min: [3, 1] }, value: 1 }, native("min", null)),
  operator("number", "max", "The greatest.", [takesMany("number", "number")], { logic: { max: [3, 1] }, value: 3 }, native("max", null)),
  operator("list", "merge", "One list of all lists and values.", [takesMany("list", "list")], { logic: { merge: [[1], 2] }, value: [1, 2] }, native("merge", [], shallow)),
];
