import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ActionFacts, Catalog } from "../catalog.ts";
import { applyEdits } from "../edits/apply-edit.ts";
import type { Playbook } from "../playbook.ts";
import type { Step } from "../steps/registry.ts";
import { arbitraryPlaybook } from "../testing/arbitrary-playbook.ts";
import { checkPlaybook } from "./check-playbook.ts";

const facts = (name: string, effect: ActionFacts["effect"], properties: ActionFacts["input"], required: string[], output: ActionFacts["output"]): [string, ActionFacts] => [
  name,
  {
    name,
    integration: name.split(".")[0] ?? "",
    title: name,
    summary: "",
    effect,
    repeatable: true,
    input: { type: "object", properties, required, additionalProperties: false },
    output,
  },
];

const catalog: Catalog = {
  actions: new Map([
    facts("directory.get-user", "reads", { email: { type: "string" }, depth: { type: "integer", minimum: 1 } }, ["email"], {
      type: "object",
      properties: { mail: { type: "string" }, groups: { type: "array", items: { type: "string" } } },
      required: ["mail"],
      additionalProperties: false,
    }),
    facts(
      "xdr.isolate",
      "changes",
      {
        id: { type: "string" },
        mode: { enum: ["full", "soft"] },
        hosts: { type: "array", items: { type: "object", properties: { name: { type: "string" } }, required: ["name"] } },
      },
      ["id"],
      {},
    ),
    facts("cases.open", "changes", {}, [], {}),
  ]),
  connections: new Map([
    ["corporate-ad", "directory"],
    ["xdr-eu", "xdr"],
  ]),
  playbooks: new Map([
    ["child", { inputs: [{ key: "subject", required: true }, { key: "note" }], calls: ["grandchild"] }],
    ["grandchild", { inputs: [], calls: ["p"] }],
    ["leaf", { inputs: [{ key: "subject", required: true }], calls: [] }],
  ]),
};

const end: Step = { kind: "end", name: "End", outcome: "done" };
const find: Step = { kind: "action", name: "Find", action: "directory.get-user", with: { email: "{{ input.email }}" }, next: ["stop"] };
const base: Playbook = { schemaVersion: 1, id: "p", name: "P", inputs: [{ key: "email", type: "string" }], start: ["find"], steps: { find, stop: end } };

const found = (changes: Partial<Playbook>, known = catalog): string[] =>
  checkPlaybook({ ...base, ...changes }, known).map((each) => `${each.severity} ${each.code} ${each.pointer}`);
const withSteps = (steps: { [id: string]: unknown }, changes: Partial<Playbook> = {}): string[] => found({ steps: { ...base.steps, ...steps } as Playbook["steps"], ...changes });
const action = (changes: object): Step => ({ ...find, ...changes }) as Step;

describe("checkPlaybook", () => {
  it("finds nothing wrong with a good playbook", () => {
    expect(found({})).toEqual([]);
  });

  it("finds unknown actions, and leaves them alone when actions are not known", () => {
    expect(withSteps({ find: action({ action: "directory.get-usr" }) })).toEqual(["error unknown-action /steps/find/action"]);
    expect(found({ steps: { find: action({ action: "x.y" }), stop: end } }, {})).toEqual([]);
  });

  it("finds connections that do not exist or are another integration's", () => {
    expect(withSteps({ find: action({ connection: "corporate-ad" }) })).toEqual([]);
    expect(withSteps({ find: action({ connection: "nowhere" }) })).toEqual(["error unknown-connection /steps/find/connection"]);
    expect(withSteps({ find: action({ connection: "xdr-eu" }) })).toEqual(["error wrong-connection /steps/find/connection"]);
  });

  it("finds inputs that are missing, unknown or wrong, and accepts templates for any type", () => {
    expect(withSteps({ find: action({ with: { email: "{{ input.email }}", depth: "{{ input.email }}" } }) })).toEqual([]);
    expect(withSteps({ find: action({ with: { email: { $logic: { var: "input.email" } } } }) })).toEqual([]);
    expect(withSteps({ find: action({ with: { emial: "{{ input.email }}", depth: 0 } }) })).toEqual([
      "error missing-input /steps/find/with",
      "error unknown-input /steps/find/with/emial",
      "error wrong-input /steps/find/with/depth",
    ]);
    const isolate = action({ action: "xdr.isolate", with: { id: "{{ input.email }}", mode: "half", hosts: [{ name: 1 }, {}] } });
    expect(withSteps({ gate: { kind: "ask", name: "?", prompt: "?", branches: [{ label: "y", next: ["find"] }] }, find: isolate }, { start: ["gate"] })).toEqual([
      "error wrong-input /steps/find/with/mode",
      "error wrong-input /steps/find/with/hosts/0/name",
      "error missing-input /steps/find/with/hosts/1",
    ]);
  });

  it.each([
    ["{{ steps.fnd.output }}", "error unknown-step-path"],
    ["{{ steps.last.output }}", "error unwritten-path"],
    ["{{ steps.find.output.mail }}", "error unwritten-path"],
    ["{{ input.emial }}", "error undeclared-input"],
    ["{{ vars.none }}", "error unset-variable"],
    ["{{ item.x }}", "error unknown-path"],
    ["{{ output.x }}", "error unknown-path"],
    ["{{ incident.x }}", "error unknown-path"],
  ])("finds that %s can never have been written", (email, finding) => {
    expect(
      withSteps(
        { find: action({ with: { email: `${email} {{ input.email }}` }, next: ["last"] }), last: action({ with: { email: "{{ steps.find.output.mail }}" }, next: [] }), stop: end },
        { start: ["find", "stop"] },
      ),
    ).toEqual([`${finding} /steps/find/with/email`]);
  });

  it("knows what an action returns", () => {
    const last = (path: string): string[] =>
      withSteps({ find: action({ next: ["last"] }), last: { kind: "set", name: "S", values: { v: `{{ ${path} }}` } }, stop: end }, { start: ["find", "stop"] });
    expect(last("steps.find.output.groups.0")).toEqual([]);
    expect(last("steps.find.error.code")).toEqual([]);
    expect(last("steps.find.output.nope")).toEqual(["warning unknown-output /steps/last/values/v"]);
    expect(last("steps.find.outptu")).toEqual(["error unknown-step-path /steps/last/values/v"]);
  });

  it("knows item and index in a for-each, output in repeat.until, and a variable set before", () => {
    expect(
      withSteps(
        {
          find: action({
            with: { email: "{{ item }}{{ index }}{{ vars.v }}" },
            forEach: { items: "{{ input.email }}" },
            repeat: { until: { "==": [{ var: "output.mail" }, { var: "item" }] }, every: "PT1S", max: 2 },
          }),
          first: { kind: "set", name: "S", values: { v: 1 }, next: ["find"] },
        },
        { start: ["first"] },
      ),
    ).toEqual([]);
  });

  it("finds steps that no run comes to, cycles, a missing start and ways to nowhere", () => {
    expect(withSteps({ lost: end })).toEqual(["warning unreachable-step /steps/lost"]);
    expect(withSteps({ find: action({ next: ["find"] }), stop: end }, { start: ["find", "stop"] })).toEqual(["error cycle /steps/find"]);
    expect(found({ start: [] })).toEqual(["error no-start /start"]);
    expect(withSteps({ find: action({ next: ["stop", "gone"], onError: { next: ["away"] } }) }, { start: ["find", "off"] })).toEqual([
      "error dangling-way /steps/find/next/1",
      "error dangling-way /steps/find/onError/next/0",
      "error dangling-way /start/1",
    ]);
  });

  it("finds conditions and asks that lead nowhere, and branches of the same name", () => {
    const branches = [
      { label: "a", when: { var: "input.email" }, next: [] },
      { label: "a", when: true, next: ["stop"] },
    ];
    expect(withSteps({ find: { kind: "condition", name: "C", branches } })).toEqual([
      "error duplicate-branch /steps/find/branches/1/label",
      "warning condition-without-otherwise /steps/find",
    ]);
    expect(withSteps({ find: { kind: "condition", name: "C", branches: [branches[0]], otherwise: { next: [] } }, stop: end }, { start: ["find", "stop"] })).toEqual([
      "error condition-without-way /steps/find",
    ]);
    expect(withSteps({ find: { kind: "ask", name: "A", prompt: "{{ input.email }}", branches: [{ label: "y", next: [] }] }, stop: end }, { start: ["find", "stop"] })).toEqual([
      "warning ask-leads-nowhere /steps/find",
    ]);
  });

  it("finds waits that do not say what for", () => {
    const wait = (changes: object): string[] => withSteps({ find: { kind: "wait", name: "W", next: ["stop"], ...changes } }, { inputs: [] });
    expect([wait({}), wait({ for: "PT1M", signal: "s" }), wait({ for: "soon" }), wait({ until: "later" })]).toEqual([
      ["error wait-for-what /steps/find"],
      ["error wait-for-what /steps/find"],
      ["error wrong-input /steps/find/for"],
      ["error wrong-input /steps/find/until"],
    ]);
    expect([wait({ for: "PT1M" }), wait({ until: "{{ now }}" }), wait({ signal: "s", timeLimit: "PT1M", onTimeLimit: { next: [] } })]).toEqual([[], [], []]);
    expect(wait({ signal: "s", onTimeLimit: { next: [] } })).toEqual(["warning limit-without-time /steps/find/onTimeLimit"]);
  });

  it("finds calls of unknown playbooks, calls in a circle and wrong inputs of calls", () => {
    const call = (playbook: string, given: object): string[] => withSteps({ find: { kind: "call", name: "C", playbook, with: given, next: ["stop"] } }, { inputs: [] });
    expect(call("leaf", { subject: 1 })).toEqual([]);
    expect(call("leave", {})).toEqual(["error unknown-playbook /steps/find/playbook"]);
    expect(call("leaf", { other: 1 })).toEqual(["error missing-input /steps/find/with", "error unknown-input /steps/find/with/other"]);
    expect(call("child", { subject: 1 })).toEqual(["error call-cycle /steps/find/playbook"]);
    expect(call("p", {})).toEqual(["error call-cycle /steps/find/playbook"]);
    expect(checkPlaybook({ ...base, steps: { find: { kind: "call", name: "C", playbook: "child", with: { subject: "{{ input.email }}" } } } }, catalog)[0]?.message).toContain(
      "p → child → grandchild → p",
    );
  });

  it("finds variables that parallel branches race for, but not those of either-or branches", () => {
    const set = (next: string[] = []): object => ({ kind: "set", name: "S", values: { v: "{{ input.email }}" }, next });
    expect(withSteps({ find: action({ next: ["a", "b"] }), a: set(["stop"]), b: set(["stop"]) })).toEqual(["warning raced-variable /steps/b/values/v"]);
    expect(withSteps({ a: set(), b: set() }, { start: ["find", "a", "b"] })).toEqual(["warning raced-variable /steps/b/values/v"]);
    expect(withSteps({ find: action({ next: ["a"], onError: { next: ["b"] } }), a: set(["stop"]), b: set(["stop"]) })).toEqual([]);
    expect(withSteps({ find: action({ next: ["a"] }), a: set(["b"]), b: set(["stop"]) })).toEqual([]);
  });

  it("finds secrets in plain text by their names and their looks", () => {
    const values = {
      password: "hunter2",
      nested: [{ apiKey: "abc" }],
      "x-token": "{{ input.email }}",
      tokenCount: "3",
      maxTokens: "9",
      authorization: "",
      empty: null,
      text: `key AKIA${"A".repeat(16)}`,
    };
    expect(withSteps({ stop: { kind: "set", name: "S", values } })).toEqual([
      "warning plain-secret /steps/stop/values/password",
      "warning plain-secret /steps/stop/values/nested/0/apiKey",
      "warning plain-secret /steps/stop/values/text",
    ]);
  });

  it("warns of a change that nothing decides about, but not of opening a case", () => {
    const isolate = action({ action: "xdr.isolate", with: { id: "{{ input.email }}" } });
    const gate = {
      kind: "ask",
      name: "?",
      prompt: "?",
      branches: [
        { label: "y", next: ["find"] },
        { label: "n", next: ["stop"] },
      ],
    };
    expect(withSteps({ find: isolate })).toEqual(["warning unguarded-change /steps/find"]);
    expect(withSteps({ gate, find: isolate }, { start: ["gate"] })).toEqual([]);
    expect(withSteps({ gate, find: isolate }, { start: ["gate", "find"] })).toEqual(["warning unguarded-change /steps/find"]);
    expect(withSteps({ find: action({ action: "cases.open", with: {} }) }, { inputs: [] })).toEqual([]);
  });

  it("finds inputs that nothing reads, keys used twice and positions of no step", () => {
    const email = { key: "email", type: "string" as const };
    expect(found({ inputs: [email, { key: "spare", type: "any" }] })).toEqual(["hint unused-input /inputs/1"]);
    expect(found({ inputs: [email, email] })).toEqual(["error duplicate-key /inputs/1/key"]);
    expect(found({ layout: { gone: { x: 0, y: 0 } } })).toEqual(["hint layout-without-step /layout/gone"]);
    expect(found({ groups: { g: { name: "G", steps: ["gone"] } } })).toEqual(["hint group-without-step /groups/g/steps/0"]);
    expect(found({ triggers: [{ kind: "alert", connection: "corporate-ad", inputs: { mail: "{{ alert.user }}" } }] })).toEqual(["error unknown-input /triggers/0/inputs/mail"]);
  });

  it("finds expressions that do not compile, by pointer", () => {
    const condition = (when: unknown): string[] =>
      withSteps({ find: { kind: "condition", name: "C", branches: [{ label: "a", when, next: ["stop"] }], otherwise: { next: [] } } }, { inputs: [] });
    expect(condition({ and: [true, { nope: [] }] })).toEqual(["error bad-expression /steps/find/branches/0/when/and/1/nope"]);
    expect(condition({ "regex-match": ["a", "("] })).toEqual(["error bad-expression /steps/find/branches/0/when/regex-match"]);
    expect(condition({ "starts-with": ["a"] })).toEqual(["error bad-expression /steps/find/branches/0/when/starts-with"]);
    expect(condition("{{ now }}")).toEqual(["error bad-expression /steps/find/branches/0/when"]);
    expect(withSteps({ find: action({ with: { email: ["{{ input.email | }}"] } }) })).toContain("error bad-expression /steps/find/with/email/0");
    expect(found({ outputs: [{ key: "o", value: "{{ " }] })).toEqual(["error bad-expression /outputs/0/value"]);
  });

  it("offers fixes that can be applied and that make the finding go away", () => {
    const broken: Playbook = {
      ...base,
      inputs: [{ key: "spare", type: "any" }],
      start: ["find", "off"],
      steps: {
        find: action({ action: "directory.get-usr", with: { email: "{{ input.email }}" }, connection: "xdr-eu", next: ["stop", "gone"] }),
        stop: { kind: "condition", name: "C", branches: [{ label: "a", when: true, next: ["open"] }] },
        open: action({ with: { email: "x", emial: 1 }, next: [] }),
        lost: end,
      },
      layout: { gone: { x: 0, y: 0 } },
    };
    const before = checkPlaybook(broken, catalog);
    const fixable = before.filter((each) => each.fix);
    expect(fixable.map((each) => each.code).sort()).toEqual([
      "condition-without-otherwise",
      "dangling-way",
      "dangling-way",
      "layout-without-step",
      "undeclared-input",
      "unknown-action",
      "unknown-input",
      "unreachable-step",
      "unused-input",
      "wrong-connection",
    ]);
    for (const finding of fixable) {
      const made = applyEdits(broken, finding.fix?.edits ?? []);
      expect(made.ok, finding.code).toBe(true);
      if (made.ok) expect(checkPlaybook(made.playbook, catalog)).not.toContainEqual(finding);
    }
  });

  it("finds no graph mistakes in any generated playbook but unreachable steps, and never throws", () => {
    fc.assert(
      fc.property(arbitraryPlaybook(), (playbook) => {
        const codes = checkPlaybook(playbook, catalog).map((each) => each.code);
        for (const code of ["cycle", "dangling-way", "bad-expression", "unknown-step-path", "no-start", "duplicate-branch", "wait-for-what"]) expect(codes).not.toContain(code);
      }),
    );
  });

  it("checks a playbook of two thousand steps while somebody types", () => {
    const steps = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, at) => [
        `s${at}`,
        action({ with: { email: at === 0 ? "{{ input.email }}" : `{{ steps.s${Math.floor(at / 2)}.output.mail }}` }, next: at < 1_999 ? [`s${at + 1}`] : [] }),
      ]),
    );
    expect(found({ start: ["s0"], steps })).toEqual([]);
  });
});
