import type { Playbook, Step } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";
import { emptyCatalog, type StepCatalog } from "../steps/step-catalog.ts";
import { compare, countsOf, countsText } from "./comparison.ts";

const before: Playbook = {
  schemaVersion: 1,
  id: "p",
  name: "P",
  inputs: [{ key: "host", type: "string" }],
  start: ["ask"],
  steps: {
    ask: {
      kind: "ask",
      name: "Isolate it?",
      prompt: "Isolate {{ input.host }}?\nThe user is told.",
      branches: [
        { label: "yes", tone: "positive", next: ["isolate"] },
        { label: "no", next: ["done"] },
      ],
      timeLimit: "PT30M",
    },
    isolate: { kind: "action", name: "Isolate", action: "xdr.isolate", with: { host: "{{ input.host }}", token: "abc-old" }, next: ["done"] },
    done: { kind: "end", name: "Done", outcome: "done" },
  },
  layout: { ask: { x: 0, y: 0 }, isolate: { x: 0, y: 100 }, done: { x: 0, y: 200 } },
};
const step = (change: { readonly [id: string]: Step | object }): Playbook["steps"] =>
  Object.fromEntries(Object.entries({ ...before.steps, ...change }).map(([id, each]) => [id, { ...before.steps[id], ...each } as Step]));
const catalog: StepCatalog = {
  ...emptyCatalog,
  actions: new Map([
    [
      "xdr.isolate",
      {
        name: "xdr.isolate",
        integration: "xdr",
        title: "Isolate the endpoint",
        summary: "",
        effect: "changes",
        repeatable: false,
        input: { type: "object", properties: { host: { type: "string", title: "Endpoint" }, key: { type: "string", secret: true }, headers: { type: "object" } } },
        output: {},
      },
    ],
  ]),
};
const rowsOf = (after: Playbook, key: string) => compare(before, after, catalog).changes.find((each) => each.key === key)?.rows;
const texts = (after: Playbook, key: string) => rowsOf(after, key)?.map(({ label, before: was, after: is }) => [label, was?.text ?? null, is?.text ?? null]);

describe("compare", () => {
  it("finds nothing between a playbook and itself", () => {
    const { changes } = compare(before, structuredClone(before), catalog);
    expect([changes, countsText(countsOf(changes))]).toEqual([[], "nothing"]);
  });

  it("lists the playbook's own changes first, then the steps in the order of the flow, then groups and notes", () => {
    const after: Playbook = {
      ...before,
      description: "New",
      inputs: [{ key: "host", type: "string", required: true }],
      steps: {
        ...step({ ask: { next: undefined, branches: [{ label: "yes", tone: "positive", next: ["tell"] }] } }),
        tell: { kind: "section", name: "Tell", next: ["done"] },
      },
      layout: { ...before.layout, done: { x: 0, y: 300 } },
      groups: { g: { name: "Containment", steps: ["tell"] } },
      notes: { n: { text: "Mind the VIPs\nand their machines", x: 0, y: 0, width: 100, height: 100 } },
    };
    delete (after.steps as { [id: string]: Step }).isolate;
    const comparison = compare(before, after, catalog);
    expect(comparison.changes.map(({ key, kind }) => `${kind} ${key}`)).toEqual([
      "changed playbook:details",
      "changed playbook:inputs",
      "changed step:ask",
      "added step:tell",
      "removed step:isolate",
      "moved step:done",
      "added group:g",
      "added note:n",
    ]);
    expect(comparison.changes.map(({ title }) => title).slice(6)).toEqual(["Group: Containment", "Note: Mind the VIPs"]);
    expect(countsText(countsOf(comparison.changes))).toBe("3 added, 1 removed, 3 changed, 1 only moved");
    expect(["ask", "tell", "isolate", "done"].map(comparison.kindOf)).toEqual(["changed", "added", "removed", "moved"]);
    expect(comparison.edgeKind("ask", "branch:yes", "tell")).toBe("added");
    expect(comparison.edgeKind("ask", "branch:yes", "isolate")).toBe("removed");
    expect(comparison.edgeKind("$start", "start", "ask")).toBeUndefined();
  });

  it("names fields as the inspector does and values as a person reads them", () => {
    const after = {
      ...before,
      steps: step({
        ask: {
          branches: [
            { label: "yes", tone: "neutral", next: ["isolate", "done"] },
            { label: "later", next: ["done"] },
          ],
          timeLimit: "PT90S",
        },
        isolate: { with: { host: { $logic: { lower: [{ var: "input.host" }] } } }, timeout: "PT5S", onDoubt: "skip" },
      }),
    };
    expect(texts(after, "step:ask")).toEqual([
      ["Answer yes › Tone", "A yes", "Neither yes nor no"],
      ["Answer yes › Goes to", "Isolate", "Isolate\nDone"],
      ["Answer later › Goes to", null, "Done"],
      ["Answer no › Goes to", "Done", null],
      ["Time limit", "30 min", "1 min 30 s"],
    ]);
    expect(texts(after, "step:isolate")).toEqual([
      ["Endpoint", "{{ input.host }}", "lower(input.host)"],
      ["token", "••••••", null],
      ["Time-out of an attempt", null, "5 s"],
      ["If it is not known whether it was done", null, "Take it as failed"],
    ]);
  });

  it("never shows a secret, whether the schema or its name says that it is one", () => {
    const after = {
      ...before,
      steps: step({ isolate: { with: { host: "{{ input.host }}", token: "abc-new", key: "k1", headers: { Authorization: "Bearer 123", Accept: "text/plain" } } } }),
    };
    expect(JSON.stringify(rowsOf(after, "step:isolate"))).not.toMatch(/abc|k1|Bearer/);
    expect(texts(after, "step:isolate")).toEqual([
      ["token", "••••••", "••••••"],
      ["Key", null, "••••••"],
      ["Headers", null, '{\n  "Authorization": "••••••",\n  "Accept": "text/plain"\n}'],
    ]);
  });

  it("tells every field of a step that was added or removed", () => {
    const after: Playbook = {
      ...before,
      steps: {
        ...before.steps,
        vip: { kind: "condition", name: "VIP?", branches: [{ label: "vip", when: { "==": [{ var: "input.host" }, "x"] }, next: ["done"] }], otherwise: { next: [] } },
      },
    };
    expect(texts(after, "step:vip")).toEqual([
      ["Branch vip › When", null, 'input.host = "x"'],
      ["Branch vip › Goes to", null, "Done"],
      ["Otherwise goes to", null, "nothing"],
    ]);
  });
});
