import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../json.ts";
import { evaluate } from "./evaluate.ts";
import { evaluateExplained, explain } from "./explain.ts";
import { ExpressionError } from "./expression-error.ts";
import { operatorDocs } from "./operator-docs.ts";
import { scopeOf } from "./scope.ts";

const doubled = (body: Json): Json => ({ reduce: [{ literal: [Array.from({ length: 60 }, (_, at) => at)] }, body, "ab"] });
const acc: Json = { var: "accumulator" };

/** Data as a run has it: read back from JSON, where there is no negative zero. */
const stored = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

describe("evaluate", () => {
  it("reads only the paths that it needs", () => {
    const read: string[] = [];
    evaluate({ if: [{ var: "steps.a.output.ok" }, { var: "input.x" }, { var: "input.y" }] }, { read: (path) => (read.push(path.join(".")), true) });
    expect(read).toEqual(["steps.a.output.ok", "input.x"]);
  });

  it("never reads inherited or dangerous properties", () => {
    for (const path of ["__proto__", "constructor", "prototype", "a.__proto__", "a.constructor.name", "toString", "a.b.length.toString"]) {
      expect(evaluate({ var: path }, scopeOf({ a: { b: [1] } }))).toBeNull();
    }
  });

  it("reads list positions and lengths", () => {
    const scope = scopeOf({ a: ["x", "y"] });
    expect([evaluate({ var: "a.1" }, scope), evaluate({ var: "a.length" }, scope), evaluate({ var: "a.01" }, scope), evaluate({ var: "a.2" }, scope)]).toEqual([
      "y",
      2,
      null,
      null,
    ]);
  });

  it("names the unknown operator by code and pointer", () => {
    expect(() => evaluate({ and: [true, { constructor: 1 }] }, scopeOf({}))).toThrow(expect.objectContaining({ code: "unknown-operator", pointer: "/and/1/constructor" }));
  });

  it("refuses logic that is nested too deep", () => {
    let logic: Json = true;
    for (let at = 0; at < 50_000; at += 1) logic = { "!": [logic] };
    expect(() => evaluate(logic, scopeOf({}))).toThrow(expect.objectContaining({ code: "too-deep" }));
  });

  it.each([
    ["a text that doubles", doubled({ cat: [acc, acc] })],
    ["a text joined from itself", doubled({ join: [[acc, acc], ""] })],
    ["a text replaced by itself", doubled({ replace: [acc, "a", acc] })],
    ["a list that doubles", doubled({ merge: [acc, acc] })],
    ["shared lists that would be endless as JSON", doubled([acc, acc])],
    ["shared lists made text", doubled({ "json-stringify": [[acc, acc]] })],
    ["loops in loops", { map: [{ var: "n" }, { map: [{ root: "n" }, { map: [{ root: "n" }, 1] }] }] }],
  ])("ends %s with an error instead of hanging", (_name, logic) => {
    expect(() => evaluate(logic, scopeOf({ n: Array.from({ length: 2_000 }, (_, at) => at) }))).toThrow(expect.objectContaining({ code: "too-large" }));
  });

  it("gives no negative zero and nothing infinite inside of lists", () => {
    expect(evaluate({ round: [[-0.2, 1e308, "-0"], 2] }, scopeOf(null))).toStrictEqual([-0.2, null, 0]);
    expect(evaluate({ ceil: [[-0.5]] }, scopeOf(null))).toStrictEqual([0]);
    expect(evaluate({ "json-parse": "[-0]" }, scopeOf(null))).toStrictEqual([0]);
  });

  it("never throws anything but ExpressionError, and gives JSON, for any logic over any data", () => {
    const names = operatorDocs.map((doc) => doc.name);
    const logic = fc.letrec<{ logic: Json }>((tie) => ({
      logic: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.constantFrom<Json>(null, true, 0, -1.5, "", "a", "2026-01-01", "10.0.0.0/8", "(a)", { var: "" }, { var: "a.b" }, { var: "__proto__" }),
        fc.array(tie("logic"), { maxLength: 4 }),
        fc.tuple(fc.constantFrom(...names), fc.array(tie("logic"), { maxLength: 4 })).map(([name, operands]) => ({ [name]: operands })),
        fc.tuple(fc.constantFrom(...names), tie("logic")).map(([name, operand]) => ({ [name]: operand })),
      ),
    })).logic;
    fc.assert(
      fc.property(logic, fc.jsonValue().map(stored), (expression, data) => {
        const scope = scopeOf(data);
        try {
          const value = evaluate(expression, scope);
          expect(JSON.parse(JSON.stringify(value))).toEqual(value);
          expect(evaluateExplained(expression, scope).value).toEqual(value);
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError);
        }
      }),
      { numRuns: 1_500 },
    );
  });
});

describe("explain", () => {
  it("shows what was compared, what decided and what was never looked at", () => {
    const logic: Json = { and: [{ ">": [{ var: "a" }, 1] }, { "==": [{ var: "b" }, "x"] }, { var: "c" }] };
    expect(explain(logic, scopeOf({ a: 2, b: "y", c: true }))).toEqual({
      operator: "and",
      value: false,
      operands: [
        { operator: ">", value: true, operands: [{ operator: "var", path: "a", value: 2 }, { value: 1 }] },
        { operator: "==", value: false, decided: true, operands: [{ operator: "var", path: "b", value: "y" }, { value: "x" }] },
        { operator: "var", path: "c", value: null, evaluated: false },
      ],
    });
  });

  it("shows the branch of an if that was not taken as not evaluated", () => {
    const { operands } = explain({ if: [{ var: "a" }, "yes", { var: "no" }] }, scopeOf({ a: 1 }));
    expect(operands?.map((each) => [each.evaluated ?? true, each.decided ?? false])).toEqual([
      [true, true],
      [true, false],
      [false, false],
    ]);
  });

  it("shows a list of mere values as one value, and a list with logic in it operand by operand", () => {
    const { operands } = explain({ and: [{ in: [{ var: "a" }, ["x", "y"]] }, { in: [{ var: "a" }, ["x", { var: "b" }]] }] }, scopeOf({ a: "x", b: "z" }));
    expect(operands?.map((each) => each.operands?.[1])).toEqual([
      { value: ["x", "y"] },
      { value: ["x", "z"], operands: [{ value: "x" }, { operator: "var", path: "b", value: "z" }] },
    ]);
  });

  it("stays small over large data and says that it was shortened", () => {
    const files = Array.from({ length: 10_000 }, (_, at) => ({ name: `file ${at}`.repeat(50), size: at }));
    const { value, explained } = evaluateExplained({ filter: [{ var: "files" }, { ">": [{ var: "size" }, 5_000] }] }, scopeOf({ files }));
    expect((value as Json[]).length).toBe(4_999);
    expect(explained.shortened).toBe(true);
    expect(JSON.stringify(explained).length).toBeLessThan(40_000);
  });
});
