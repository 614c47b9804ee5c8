import { describe, expect, it } from "vitest";
import { evaluate } from "../evaluate.ts";
import { ExpressionError } from "../expression-error.ts";
import { operatorDocs } from "../operator-docs.ts";
import { scopeOf } from "../scope.ts";
import type { Json } from "../../json.ts";

const run = (logic: Json, data: Json = null): Json => evaluate(logic, scopeOf(data));

describe("every operator", () => {
  it.each(operatorDocs.map((doc) => ({ ...doc })))("$name gives what its example says", ({ example }) => {
    expect(run(example.logic, example.data ?? null)).toEqual(example.value);
  });

  it("has a name of its own, a summary and named parameters", () => {
    expect(new Set(operatorDocs.map((doc) => doc.name)).size).toBe(operatorDocs.length);
    for (const doc of operatorDocs) {
      expect(doc.summary.endsWith("."), doc.name).toBe(true);
      expect(new Set(doc.parameters.map((each) => each.name)).size, doc.name).toBe(doc.parameters.length);
    }
  });

  const odd: Json[] = [null, true, -1, "", "text", [], [[1], null, { a: 1 }], {}, { toString: 1, length: 3 }, JSON.parse('{"__proto__": {"polluted": true}}') as Json];
  it.each(operatorDocs.map((doc) => doc.name))("%s takes any operands without throwing anything but an ExpressionError", (name) => {
    for (const a of odd) {
      for (const b of odd) {
        for (const operands of [[], [a], [a, b], [a, b, a]]) {
          try {
            const value = run({ [name]: operands.map((each) => ({ literal: [each] })) });
            expect(JSON.parse(JSON.stringify(value))).toEqual(value);
          } catch (error) {
            expect(error).toBeInstanceOf(ExpressionError);
          }
        }
      }
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe("operators in detail", () => {
  it.each([
    [["10.0.0.1", "10.0.0.0/8"], true],
    [["11.0.0.1", "10.0.0.0/8"], false],
    [["10.0.0.1", "0.0.0.0/0"], true],
    [["10.0.0.1", "10.0.0.1"], true],
    [["2001:db8::1", "2001:db8::/32"], true],
    [["2001:db9::1", "2001:db8::/32"], false],
    [["::ffff:10.0.0.1", "10.0.0.0/8"], true],
    [["fe80::1%eth0", "fe80::/10"], true],
    [["10.0.0.1", "::/0"], false],
    [["10.0.0.256", "0.0.0.0/0"], false],
    [["10.0.0.1", "10.0.0.0/33"], false],
    [["1:2:3:4:5:6:7:8:9", "::/0"], false],
    [[null, "::/0"], false],
  ])("cidr %j is %s", (operands, value) => {
    expect(run({ cidr: operands as Json })).toBe(value);
  });

  it.each([
    ["2026-02-30", null],
    ["2026-01-31T10:00", "2026-01-31T10:00:00.000Z"],
    ["2026-01-31T10:00:00+02:00", "2026-01-31T08:00:00.000Z"],
    ["2024-02-29", "2024-02-29T00:00:00.000Z"],
    ["not a date", null],
    [1767225600000, "2026-01-01T00:00:00.000Z"],
    ["1767225600", "2026-01-01T00:00:00.000Z"],
    [true, null],
  ])("to-date %j is %j", (given, value) => {
    expect(run({ "to-date": given })).toBe(value);
  });

  it("a regular expression that does not compile is an error with a code and a pointer", () => {
    expect(() => run({ and: [true, { "regex-match": ["a", "("] }] })).toThrow(expect.objectContaining({ code: "bad-regex", pointer: "/and/1/regex-match" }));
  });

  it("a regular expression that backtracks elsewhere is linear here", () => {
    expect(run({ "regex-match": [`${"a".repeat(50_000)}b`, "^(a+)+$"] })).toBe(false);
  });

  it("changes each item of a list", () => {
    expect(run({ lower: [["A", "B"]] })).toEqual(["a", "b"]);
    expect(run({ "regex-extract": [["u=a", "none"], "u=(\\w)"] })).toEqual(["a", null]);
  });

  it("compares objects whatever the order of their keys", () => {
    expect(
      run(
        { unique: [{ var: "x" }] },
        {
          x: [
            { a: 1, b: 2 },
            { b: 2, a: 1 },
          ],
        },
      ),
    ).toEqual([{ a: 1, b: 2 }]);
  });
});
