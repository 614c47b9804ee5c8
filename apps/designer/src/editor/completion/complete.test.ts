import { operatorDocs, type Playbook } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";
import { stepCatalogOf } from "../../steps/step-catalog.ts";
import { complete, completeInside, completeLogic, type Offers, operatorAt } from "./complete.ts";
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
const find = (name: string) => operatorDocs.filter((each) => each.name === name);
const operators = [...find("lower"), ...find("default"), ...find("==")];
const first = ({ from, offers }: Offers, text: string, caret: number) => (offers[0] ? text.slice(0, from) + offers[0].insert + text.slice(caret) : null);

describe("knownPaths", () => {
  it("knows inputs, variables and what earlier steps return, and nothing of later ones", () => {
    const all = paths.map((each) => each.path);
    expect(all).toEqual(expect.arrayContaining(["input.alertId", "vars.who", "steps.get.output.actor", "steps.get.output.files.0.name"]));
    expect(all.some((path) => path.startsWith("steps.late") || path.startsWith("steps.use"))).toBe(false);
  });

  it("shows what each was in a run, and what the run had beyond the schema", () => {
    const data = {
      input: { alertId: "a-1" },
      steps: { get: { output: { actor: "ann", extra: { score: 7 } }, error: null }, late: { output: { answer: "a" }, error: null } },
      vars: {},
    };
    const known = new Map(knownPaths(playbook, "use", catalog, { from: "run", data }).map((each) => [each.path, each]));
    expect(known.get("steps.get.output.actor")).toMatchObject({ type: "string", value: "ann" });
    expect(known.get("steps.get.output.extra.score")).toMatchObject({ type: "number", value: 7, from: "Get" });
    expect(known.get("vars.who")).not.toHaveProperty("value");
    expect([...known.keys()].some((path) => path.startsWith("steps.late"))).toBe(false);
  });
});

describe("complete", () => {
  it("completes a path inside the braces and closes them", () => {
    const text = "{{ steps.get.output.ac";
    expect(first(complete(text, text.length, paths, operators), text, text.length)).toBe("{{ steps.get.output.actor }}");
  });

  it("leaves braces that are closed already, also when more is piped", () => {
    for (const rest of [" }}", " | lower }} and {{ input.alertId }}"]) {
      const text = `{{ actor${rest}`;
      expect(first(complete(text, 8, paths, operators), text, 8)).toBe(`{{ steps.get.output.actor${rest}`);
    }
  });

  it("finds a path by its last part and brings the braces", () => {
    expect(first(complete("actor", 5, paths, operators), "actor", 5)).toBe("{{ steps.get.output.actor }}");
  });

  it("offers operators after a pipe, with a colon when they take more", () => {
    const text = "{{ input.alertId | de }}";
    const caret = text.indexOf("de") + 2;
    expect(first(complete(text, caret, paths, operators), text, caret)).toBe("{{ input.alertId | default:  }}");
  });

  it("offers paths as arguments, and nothing inside of a quoted text", () => {
    const text = "{{ input.alertId | default: who }}";
    const caret = text.indexOf("who") + 3;
    expect(first(complete(text, caret, paths, operators), text, caret)).toBe("{{ input.alertId | default: vars.who }}");
    const quoted = '{{ input.alertId | default: "who" }}';
    expect(complete(quoted, quoted.indexOf("who") + 3, paths, operators).offers).toEqual([]);
  });

  it("leaves plain text alone", () => {
    expect(complete("Hello ", 6, paths, operators).offers).toEqual([]);
  });

  it("needs no braces where the text is an expression by itself", () => {
    expect(first(completeInside("who", 3, paths, operators), "who", 3)).toBe("vars.who");
    expect(first(completeInside("vars.who | lo", 13, paths, operators), "vars.who | lo", 13)).toBe("vars.who | lower");
  });

  it("tells which argument of which operator the caret stands in", () => {
    const text = '{{ input.alertId | default: "a, b", }}';
    expect(operatorAt(text, text.indexOf(", }}") + 2, operators)).toMatchObject({ operator: { name: "default" }, argument: 2 });
    expect(operatorAt(text, 10, operators)).toBeNull();
  });
});

describe("completing JsonLogic", () => {
  it("offers paths in var, operators as keys, and a var where a value begins", () => {
    const of = (text: string) => {
      const caret = text.indexOf("^");
      const plain = text.replace("^", "");
      return first(completeLogic(plain, caret, paths, operators), plain, caret);
    };
    expect(of('{ "var": "who^" }')).toBe('{ "var": "vars.who" }');
    expect(of('{ "lo^": [] }')).toBe('{ "lower": [] }');
    expect(of("{ lo^ }")).toBe('{ "lower": [] }');
    expect(of('{ "==": [who^, 1] }')).toBe('{ "==": [{"var":"vars.who"}, 1] }');
    expect(of('{ "==": [{ "var": "input.alertId" }, "a^"] }')).toBeNull();
  });
});
