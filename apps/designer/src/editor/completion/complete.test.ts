import type { Playbook } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";
import { stepCatalogOf } from "../../steps/step-catalog.ts";
import { complete } from "./complete.ts";
import { knownPaths } from "./known-paths.ts";

const catalog = stepCatalogOf({
  integrations: [],
  actions: [
    {
      name: "code42.get-alert",
      integration: "code42",
      title: "Get alert",
      summary: "",
      effect: "reads",
      repeatable: true,
      input: {},
      output: { type: "object", properties: { actor: { type: "string" }, files: { type: "array", items: { type: "object", properties: { name: { type: "string" } } } } } },
    },
  ],
});
const playbook: Playbook = {
  schemaVersion: 1,
  id: "p",
  name: "P",
  inputs: [{ key: "alertId", type: "string" }],
  start: ["get"],
  steps: {
    get: { kind: "action", name: "Get", action: "code42.get-alert", next: ["keep"] },
    keep: { kind: "set", name: "Keep", values: { who: "x" }, next: ["use"] },
    use: { kind: "script", name: "Use", source: "", next: ["late"] },
    late: { kind: "ask", name: "Late", prompt: "?", branches: [{ label: "a", next: [] }] },
  },
};
const paths = knownPaths(playbook, "use", catalog);
const operators = [
  { name: "lower", summary: "Lower case.", parameters: [{ name: "text" }] },
  { name: "default", summary: "Or another.", parameters: [{ name: "value" }, { name: "other" }] },
];

describe("knownPaths", () => {
  it("knows inputs, variables and what earlier steps return, and nothing of later ones", () => {
    const all = paths.map((each) => each.path);
    expect(all).toEqual(expect.arrayContaining(["input.alertId", "vars.who", "steps.get.output.actor", "steps.get.output.files.0.name"]));
    expect(all.some((path) => path.startsWith("steps.late") || path.startsWith("steps.use"))).toBe(false);
  });
});

describe("complete", () => {
  it("completes a path inside the braces and closes them", () => {
    const text = "{{ steps.get.output.ac";
    const [first] = complete(text, text.length, paths, operators);
    expect(first?.text).toBe("{{ steps.get.output.actor }}");
  });

  it("finds a path by its last part and brings the braces", () => {
    const [first] = complete("actor", 5, paths, operators);
    expect(first?.text).toBe("{{ steps.get.output.actor }}");
  });

  it("offers operators after a pipe, with a colon when they take more", () => {
    const text = "{{ input.alertId | de }}";
    const [first] = complete(text, text.indexOf("de") + 2, paths, operators);
    expect(first?.text).toBe("{{ input.alertId | default:  }}");
  });

  it("leaves plain text alone", () => {
    expect(complete("Hello ", 6, paths, operators)).toEqual([]);
  });
});
