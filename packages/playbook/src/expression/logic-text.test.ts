import { describe, expect, it } from "vitest";
import type { Json } from "../json.ts";
import { valueText } from "./logic-text.ts";

describe("valueText", () => {
  it.each<[Json, string]>([
    [{ in: ["Executives", { var: "steps.get.output.groups" }] }, '"Executives" in steps.get.output.groups'],
    [
      { and: [{ ">": [{ var: "input.size" }, 10] }, { or: [{ "!": { var: "vars.done" } }, { "==": [{ var: ["input.kind", "x"] }, "y"] }] }] },
      'input.size > 10 and (not vars.done or input.kind (else "x") = "y")',
    ],
    [{ "*": [{ "+": [1, { var: "a" }] }, 2] }, "(1 + a) × 2"],
    [{ if: [{ var: "a" }, 1, 2] }, "if a then 1 else 2"],
    [{ lower: [{ var: "" }] }, "lower(it)"],
    [{ a: 1, b: 2 }, '{"a":1,"b":2}'],
  ])("writes %j as a person reads it", (logic, text) => {
    expect(valueText("/branches/0/when", logic)).toBe(text);
    expect(valueText("/with/a", { $logic: logic })).toBe(text);
  });

  it("leaves texts and lists of texts as they are", () => {
    expect([valueText("/with/a", "{{ input.a }}"), valueText("/tags", ["a", "b"]), valueText("/with/a", { a: 1 })]).toEqual(["{{ input.a }}", "a, b", '{\n  "a": 1\n}']);
  });
});
