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

  it("leaves what rows cannot say to the text view", () => {
    for (const logic of [true, null, { if: [{ var: "input.a" }, 1, 2] }, { "==": [1, 1] }, { and: [] }, { in: [{ var: "a" }, []], extra: 1 }] as Json[])
      expect(groupOf(logic)).toBeNull();
  });

  it("never changes logic that it can show", () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.constantFrom({ var: "input.a" }, { var: "vars.b" }, { lower: [{ var: "input.a" }] }),
      fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 3 }),
    );
    const comparison = fc.oneof(
      fc
        .tuple(fc.constantFrom("==", "!=", ">", "in", "starts-with", "cidr"), fc.array(leaf, { minLength: 1, maxLength: 3 }))
        .map(([operator, operands]) => ({ [operator]: operands }) as Json),
      leaf.map((each) => ({ "!": [each] }) as Json),
    );
    const logic = fc.oneof(
      comparison,
      fc.tuple(fc.constantFrom("and", "or"), fc.array(comparison, { maxLength: 4 })).map(([operator, parts]) => ({ [operator]: parts }) as Json),
    );
    fc.assert(
      fc.property(logic, (each) => {
        const group = groupOf(each);
        if (group) expect(groupLogic(group)).toEqual({ logic: each });
      }),
      { numRuns: 500 },
    );
  });
});
