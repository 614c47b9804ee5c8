import fc from "fast-check";
import jsonLogic from "json-logic-js";
import { describe, expect, it } from "vitest";
import type { Json } from "../../json.ts";
import { directly } from "./directly.ts";

const operand = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, 1, -1, "", "0", "1", "a", [], [1], ["a"], {}),
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.string({ maxLength: 3 }),
);
const operands = fc.oneof(fc.tuple(operand, operand), fc.array(operand, { maxLength: 3 }));

/** NaN, the infinities and negative zero are left to whoever evaluates. */
const finite = (value: Json): Json => (typeof value === "number" ? (Number.isFinite(value) ? value + 0 : null) : value);

describe("what an operator gives at once", () => {
  it.each([...directly])("is what json-logic-js gives: %s", (name, direct) => {
    fc.assert(
      fc.property(operands, (values) => {
        const known = direct(values);
        const rule = { [name]: values.map((_value, at) => ({ var: String(at) })) } as unknown as Parameters<typeof jsonLogic.apply>[0];
        if (known !== undefined) expect(finite(known)).toStrictEqual(finite(jsonLogic.apply(rule, values) as Json));
      }),
    );
  });
});
