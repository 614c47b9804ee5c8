import { describe, expect, it } from "vitest";
import { ExpressionError } from "./expression-error.ts";
import { parseTemplate } from "./template.ts";

function placeOf(text: string) {
  try {
    parseTemplate(text);
    return null;
  } catch (error) {
    return error instanceof ExpressionError ? error.place : null;
  }
}

describe("a template taken apart", () => {
  it("tells where each path and each operator stands", () => {
    const text = "Dear {{ input.name | default: vars.who | upper }}!";
    const { paths, operators } = parseTemplate(text);
    expect(paths.map(({ start, end }) => text.slice(start, end))).toEqual(["input.name", "vars.who"]);
    expect(operators.map(({ start, end, operands }) => [text.slice(start, end), operands])).toEqual([
      ["default", 2],
      ["upper", 1],
    ]);
  });

  it("tells at which character it stops making sense, and why", () => {
    expect(placeOf("Hi {{ input.a | : }}")).toEqual({ at: 16, reason: "An operator's name must follow |." });
    expect(placeOf("{{ input.a input.b }}")).toEqual({ at: 11, reason: '"input.b" is not expected here.' });
    expect(placeOf("{{ | lower }}")).toEqual({ at: 3, reason: '"|" is not expected here.' });
    expect(placeOf("{{ input.a")).toEqual({ at: 10, reason: "The closing }} is missing." });
  });
});
