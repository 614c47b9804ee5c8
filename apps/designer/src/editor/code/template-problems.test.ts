import { operatorDocs } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";
import { insideProblems, templateProblems } from "./template-problems.ts";

const at = (text: string, found: Parameters<typeof templateProblems>[2] = []) =>
  templateProblems(text, operatorDocs, found).map(({ from, to, message }) => [text.slice(from, to), message]);

describe("what is wrong in a text with braces", () => {
  it("is nothing in a good one, in plain text and in braces not yet filled", () => {
    for (const text of ["", "Dear", "{{ input.a | default: 1 }}", "{{ }}", "{{  }} more"]) expect(at(text)).toEqual([]);
  });

  it("stands at the operator that is unknown or lacks an argument", () => {
    expect(at("Hi {{ input.a | lowr }}")).toEqual([["lowr", 'There is no operator "lowr".']]);
    expect(at("{{ input.a | starts-with }}")).toEqual([["starts-with", expect.stringContaining("needs its")]]);
  });

  it("stands where the text stops making sense", () => {
    expect(at("{{ input.a input.b }}")).toEqual([["i", '"input.b" is not expected here.']]);
    expect(at("{{ input.a")).toEqual([["a", "The closing }} is missing."]]);
  });

  it("tells of a pattern that does not compile", () => {
    expect(at('{{ input.a | regex-match: "(" }}')).toHaveLength(1);
  });

  it("stands at the path that the checks mean, however it is written", () => {
    const found = [{ code: "x", message: "No such step.", pointer: "", path: ["steps", "gone", "output"], severity: "error" as const }];
    expect(at('a {{ steps["gone"].output }} b {{ input.a }}', found)).toEqual([['steps["gone"].output', "No such step."]]);
  });

  it("stands at the same place in the inside of braces", () => {
    const text = "input.a | lowr";
    expect(insideProblems(text, operatorDocs, []).map(({ from, to }) => text.slice(from, to))).toEqual(["lowr"]);
    expect(insideProblems("input.a |", operatorDocs, []).every(({ from, to }) => from >= 0 && to <= 9)).toBe(true);
  });
});
