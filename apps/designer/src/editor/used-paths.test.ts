import { describe, expect, it } from "vitest";
import { usedPaths, valueWith } from "./used-paths.ts";

describe("what a step reads", () => {
  const step = {
    with: { who: "{{ steps.get.output.actor }}", text: "Dear {{ input.name | upper }}", own: "{{ item.id }}" },
    branches: [{ when: { in: ["x", { var: "vars.list" }] } }],
  };

  it("is found in templates and in logic, and nothing of the step's own", () => {
    expect(usedPaths(step)).toEqual(["input.name", "steps.get.output.actor", "vars.list"]);
  });

  it("is replaced by what is given, the rest stays", () => {
    expect(valueWith(step, { "input.name": "Ann", "vars.list": ["x"] })).toEqual({
      with: { who: "{{ steps.get.output.actor }}", text: { $logic: { text: ["Dear ", { upper: ["Ann"] }] } }, own: "{{ item.id }}" },
      branches: [{ when: { in: ["x", ["x"]] } }],
    });
  });
});
