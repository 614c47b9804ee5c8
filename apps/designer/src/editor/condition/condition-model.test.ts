import type { Json } from "@drawbridge/playbook";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ConditionGroup, type ConditionRow, groupLogic, groupOf, type RowOperator, rowOperators } from "./condition-model.ts";

const path = "steps.get-employee.output.groups";

describe("the condition builder", () => {
  it("reads what the builder wrote, for every operator", () => {
    for (const operator of Object.keys(rowOperators) as RowOperator[]) {
      const takes = rowOperators[operator].takes;
      const row: ConditionRow = { left: path, operator, right: takes === "none" ? "" : takes === "list" ? "a, 2" : "Executives" };
      const written = groupLogic({ match: "all", rows: [row] });
      expect("logic" in written && groupOf(written.logic), operator).toEqual({ match: "all", rows: [row] });
    }
  });

  it("writes the document's own example", () => {
    expect(groupLogic({ match: "all", rows: [{ left: path, operator: "contains", right: "Executives" }] })).toEqual({ logic: { in: ["Executives", { var: path }] } });
  });

  it("tells a text from the number, the list and the path that it looks like", () => {
    const literal = (right: string) => {
      const written = groupLogic({ match: "all", rows: [{ left: "input.a", operator: "equals", right }] });
      return "logic" in written ? ((written.logic as { "==": Json[] })["=="][1] ?? null) : undefined;
    };
    expect([literal("42"), literal('"42"'), literal("true"), literal("forty"), literal("{{ input.b }}"), literal("null")]).toEqual([
      42,
      "42",
      true,
      "forty",
      { var: "input.b" },
      null,
    ]);
  });

  it("keeps any of groups inside all of", () => {
    const group: ConditionGroup = {
      match: "all",
      rows: [
        { left: "input.a", operator: "exists", right: "" },
        {
          match: "any",
          rows: [
            { left: "input.b | lower", operator: "equals", right: "x" },
            { left: "vars.c", operator: "greater", right: "3" },
          ],
        },
      ],
    };
    const written = groupLogic(group);
    expect("logic" in written && groupOf(written.logic)).toEqual(group);
  });

  it("shows what rows cannot say as JsonLogic in its place", () => {
    const more: Json = { if: [{ var: "input.a" }, 1, 2] };
    expect(groupOf({ or: [{ "==": [{ var: "input.a" }, 1] }, more] })).toEqual({ match: "any", rows: [{ left: "input.a", operator: "equals", right: "1" }, { logic: more }] });
    for (const logic of [true, null, more, { "==": [1, 1] }, { and: [] }, { and: [{ var: "a" }] }, { in: [{ var: "a" }, []], extra: 1 }] as Json[])
      expect(groupOf(logic).rows).toEqual([{ logic }]);
  });

  it("reads groups in groups", () => {
    const row: Json = { ">": [{ var: "input.a" }, 1] };
    const logic: Json = { and: [row, { or: [row, { and: [row, { or: [row, row] }] }] }] };
    expect(JSON.stringify(groupOf(logic))).not.toContain('"logic"');
    expect(groupLogic(groupOf(logic))).toEqual({ logic });
  });

  const same = (logic: Json) => {
    const back = groupLogic(groupOf(logic));
    expect("logic" in back && JSON.stringify(back.logic)).toBe(JSON.stringify(logic));
  };

  it("writes back identical whatever it reads: JsonLogic as people write it", () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.constantFrom("42", "true", "null", " a ", "a, b", '"quoted"', "{{ input.a }}", "[1]"),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
      fc.constantFrom<Json>(
        { var: "input.a" },
        { var: "vars.b" },
        { var: ["input.a", 1] },
        { var: "" },
        { var: 'steps["a b"].output' },
        { lower: [{ var: "input.a" }] },
        { lower: { var: "input.a" } },
      ),
      fc.array(fc.oneof(fc.string(), fc.integer(), fc.constant("a, b")), { maxLength: 3 }),
    );
    const comparison = fc.oneof(
      fc
        .tuple(
          fc.constantFrom("==", "!=", "===", ">", ">=", "<", "in", "starts-with", "regex-match", "cidr", "exists", "is-empty", "!", "!!", "if"),
          fc.array(leaf, { maxLength: 3 }),
        )
        .map(([operator, operands]) => ({ [operator]: operands }) as Json),
      leaf.map((each) => ({ "!": [each] }) as Json),
      leaf.map((each) => ({ "!": each }) as Json),
    );
    const { logic } = fc.letrec<{ logic: Json }>((tie) => ({
      logic: fc.oneof(
        { depthSize: "medium" },
        comparison as fc.Arbitrary<Json>,
        leaf as fc.Arbitrary<Json>,
        fc.tuple(fc.constantFrom("and", "or"), fc.array(tie("logic"), { maxLength: 4 })).map(([operator, parts]) => ({ [operator]: parts }) as Json),
        tie("logic").map((each) => ({ "!": [each] }) as Json),
      ),
    }));
    fc.assert(fc.property(logic, same), { numRuns: 2_000 });
  });

  it("writes back identical whatever it reads: any JSON", () => {
    fc.assert(
      fc.property(fc.json(), (text) => same(JSON.parse(text) as Json)),
      { numRuns: 500 },
    );
  });
});
