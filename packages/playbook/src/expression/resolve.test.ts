import { describe, expect, it } from "vitest";
import type { Json } from "../json.ts";
import { resolve } from "./resolve.ts";
import { scopeOf } from "./scope.ts";
import { compileTemplate } from "./template.ts";

const scope = scopeOf({ input: { n: 3, list: [1, 2], none: null, user: { name: "John" }, "a b": "quoted" }, steps: { "get-alert": { output: { actor: "john@qrst.example" } } } });

describe("templates", () => {
  it.each<[string, Json]>([
    ["plain text", "plain text"],
    ["{{ input.n }}", 3],
    ["{{input.list}}", [1, 2]],
    ["{{ input.list.1 }}", 2],
    ["{{ input.none }}", null],
    ["{{ input.missing.deep }}", null],
    ["n is {{ input.n }}, none is <{{ input.none }}>", "n is 3, none is <>"],
    ["user {{ input.user }}", 'user {"name":"John"}'],
    ["{{ steps.get-alert.output.actor | split: '@' | first | upper }}", "JOHN"],
    ['{{ input["a b"] }}', "quoted"],
    ['{{ input["a b"] | replace: "quo", \'x}}y\' }}', "x}}yted"],
    ["{{ input.missing | default: 'unknown' }}", "unknown"],
    ["{{ input.n | >: 2 }}", true],
    ["{{ 'a' | cat: 'b', \"c\", 1, true }}", "abc1true"],
    ["{{ input.n | -: -1.5 }}", 4.5],
    ["{{ null }}", null],
    ["literal \\{{ input.n }}", "literal {{ input.n }}"],
    ["{{ input.n }}{{ input.n }}", "33"],
    ["{{ input.user | cat: input.n }}", "[object Object]3"],
    [" {{ input.n }}", " 3"],
  ])("%s", (text, value) => {
    expect(resolve(text, scope)).toEqual(value);
  });

  it.each(["{{", "{{ }}", "{{ input.n", "{{ input.n | }}", "{{ input.n | upper: }}", "{{ input n }}", "{{ input. }}", "{{ 'open }}", "{{ | upper }}", "{{ a ( b }}"])(
    "refuse %s",
    (text) => {
      expect(() => compileTemplate(text)).toThrow(expect.objectContaining({ code: "bad-template" }));
    },
  );
});

describe("resolve", () => {
  it("goes deep, evaluates $logic, and leaves everything else as written", () => {
    const value: Json = { a: ["{{ input.n }}", { b: { $logic: { "+": [{ var: "input.n" }, 1] } } }], var: "input.n", $logic: 1, c: { var: "input.n" } };
    expect(resolve(value, scope)).toEqual({ a: [3, { b: 4 }], var: "input.n", $logic: 1, c: { var: "input.n" } });
  });

  it("never takes what it reads for a template", () => {
    expect(resolve("{{ input.x }}", scopeOf({ input: { x: "{{ input.y }}" } }))).toBe("{{ input.y }}");
  });

  it("says by pointer where an error is", () => {
    expect(() => resolve({ a: [{ $logic: { nope: 1 } }] }, scope)).toThrow(expect.objectContaining({ code: "unknown-operator", pointer: "/a/0/$logic/nope" }));
    expect(() => resolve({ b: "{{ x | nope }}" }, scope)).toThrow(expect.objectContaining({ code: "unknown-operator" }));
  });

  it("drops keys that could reach a prototype", () => {
    const value = JSON.parse('{"__proto__": {"x": 1}, "a": 1}') as Json;
    expect(Object.keys(resolve(value, scope) as object)).toEqual(["a"]);
  });
});
