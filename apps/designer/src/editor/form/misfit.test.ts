import type { Json } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";
import { isShowable, misfitOf } from "./misfit.ts";
import type { FieldShape } from "./schema-fields.ts";

const text: FieldShape = { kind: "text", long: false, format: undefined };
const number: FieldShape = { kind: "number", whole: true, minimum: 1, maximum: 9 };
const choice: FieldShape = { kind: "choice", options: ["low", 2] };

describe("whether a value fits a field", () => {
  it("is told by what the field takes", () => {
    const cases: [FieldShape, Json, boolean][] = [
      [text, "a", true],
      [text, 42, true],
      [text, ["a"], false],
      [number, 3, true],
      [number, 3.5, false],
      [number, 12, false],
      [number, "3", false],
      [choice, 2, true],
      [choice, "2", false],
      [{ kind: "list", item: number }, [1, 2], true],
      [{ kind: "list", item: number }, [1, "2"], false],
      [{ kind: "choices", options: ["a"] }, ["b"], false],
      [{ kind: "map", item: text }, [], false],
      [{ kind: "boolean" }, false, true],
      [{ kind: "any" }, null, true],
    ];
    for (const [shape, value, fits] of cases) expect([shape.kind, value, misfitOf(shape, value) === null]).toEqual([shape.kind, value, fits]);
    expect(misfitOf(number, 12)).toBe("takes whole numbers from 1 to 9");
    expect(misfitOf(choice, "x")).toBe("takes low, 2");
  });

  it("never hides a value behind a control that cannot show it", () => {
    expect([isShowable(number, "many"), isShowable(text, { a: 1 }), isShowable({ kind: "list", item: text }, "a"), isShowable({ kind: "boolean" }, 1)]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect([isShowable(choice, "unknown"), isShowable(number, undefined), isShowable({ kind: "any" }, [])]).toEqual([true, true, true]);
  });
});
