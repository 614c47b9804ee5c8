import { describe, expect, it } from "vitest";
import { loopsOf, logicOutcome, outcomeOf, unreached, valuesAt } from "./run-values.ts";
import { valueText, valueType } from "./value-text.ts";

const values = {
  from: "run",
  data: { input: { files: ["a", "b"] }, steps: { get: { output: { who: "Ann", log: { $payload: { hash: "x", bytes: 40_000 } } }, error: null } } },
};

describe("values of a run", () => {
  it("say what an expression comes to", () => {
    expect(outcomeOf("Dear {{ steps.get.output.who | upper }}", values)).toEqual({ value: "Dear ANN" });
    expect(logicOutcome({ in: ["a", { var: "input.files" }] }, values)).toEqual({ value: true });
  });

  it("say so when an expression cannot be evaluated, or its value is not here", () => {
    expect(outcomeOf("{{ steps.get.", values)).toHaveProperty("unknown");
    expect(outcomeOf("{{ steps.get.output.log }}", values)).toHaveProperty("unknown");
  });

  it("name the steps that the run did not reach", () => {
    const playbook = { schemaVersion: 1 as const, id: "p", name: "P", start: [], steps: { late: { kind: "section" as const, name: "Late", next: [] } } };
    const paths = [
      ["steps", "get", "output"],
      ["steps", "late", "output"],
    ];
    expect(unreached(paths, values, playbook)).toEqual(["Late"]);
  });

  it("give a step that runs for each item the first one", () => {
    const step = { kind: "action" as const, name: "A", action: "http.get", next: [], forEach: { items: "{{ input.files }}" } };
    expect(outcomeOf("{{ item }} {{ index }}", valuesAt(values, "each", loopsOf(step)))).toEqual({ value: "a 0" });
  });
});

describe("a value in one line", () => {
  it("is cut, however large it is", () => {
    const large = Array.from({ length: 100_000 }, (_, index) => ({ name: `file ${index}`, tags: ["a"] }));
    expect(valueText(large, 60)).toHaveLength(60);
    expect(valueText({ a: 1, b: ["x", null] })).toBe('{ a: 1, b: ["x", null] }');
    expect([valueText(""), valueText(null), valueText([]), valueText("a".repeat(200), 10)]).toEqual(['""', "null", "[]", '"aaaaaaaa…']);
  });

  it("says its type in words", () => {
    expect([[1, 2], null, "a", 1, true, {}].map(valueType)).toEqual(["list of 2", "nothing", "string", "number", "true or false", "object"]);
  });
});
