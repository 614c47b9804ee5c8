import { type Json, type Playbook, playbook } from "@drawbridge/playbook";

const named = (steps: { readonly [id: string]: { readonly [key: string]: unknown } }): { readonly [id: string]: unknown } =>
  Object.fromEntries(Object.entries(steps).map(([id, step]) => [id, { name: id, ...step }]));

/** 12 steps, three of which call a service over HTTP. */
export const http12: Playbook = playbook.parse({
  schemaVersion: 1,
  id: "http12",
  name: "http12",
  inputs: [{ key: "alertId", type: "string", required: true }],
  outputs: [{ key: "verdict", value: "{{ vars.verdict }}" }],
  start: ["begin"],
  steps: named({
    begin: { kind: "section", next: ["get-alert"] },
    "get-alert": { kind: "action", action: "http.get", with: { url: "/alerts/{{ input.alertId }}" }, next: ["remember-actor"] },
    "remember-actor": { kind: "set", values: { actor: "{{ steps.get-alert.output.body.actor }}" }, next: ["is-severe"] },
    "is-severe": {
      kind: "condition",
      branches: [{ label: "severe", when: { "==": [{ var: "steps.get-alert.output.body.severity" }, "HIGH"] }, next: ["get-user"] }],
      otherwise: { next: ["finish"] },
    },
    "get-user": { kind: "action", action: "http.get", with: { url: "/users/john.anderson" }, next: ["remember-groups"] },
    "remember-groups": { kind: "set", values: { groups: "{{ steps.get-user.output.body.groups }}" }, next: ["is-executive"] },
    "is-executive": {
      kind: "condition",
      branches: [{ label: "executive", when: { in: ["Executives", { var: "vars.groups" }] }, next: ["isolate"] }],
      otherwise: { next: ["finish"] },
    },
    isolate: { kind: "action", action: "http.send", with: { method: "POST", url: "/endpoints/isolate", body: { actor: "{{ vars.actor }}" } }, next: ["remember-verdict"] },
    "remember-verdict": { kind: "set", values: { verdict: "{{ steps.isolate.output.body.status }}" }, next: ["is-pending"] },
    "is-pending": { kind: "condition", branches: [{ label: "pending", when: { "==": [{ var: "vars.verdict" }, "pending"] }, next: ["tell"] }], otherwise: { next: ["finish"] } },
    tell: { kind: "section", next: ["finish"] },
    finish: { kind: "end", outcome: "isolated" },
  }),
});

/** The logic of step `index`: what the floor evaluates too. */
export const logicOf = (index: number): Json => ({ and: [{ ">": [{ "+": [{ var: "input.n" }, index] }, 0] }, { in: [{ var: "input.kind" }, ["alert", "case", "manual"]] }] });
export const valueOf = (index: number): Json => ({ "+": [{ "*": [{ var: "input.n" }, index] }, 1] });

const logicSteps: { [id: string]: { readonly [key: string]: unknown } } = {};
for (let index = 1; index <= 49; index += 1) {
  const next = [`s${index + 1}`];
  logicSteps[`s${index}`] =
    index % 2 === 0
      ? { kind: "set", values: { [`v${index}`]: { $logic: valueOf(index) } }, next }
      : { kind: "condition", branches: [{ label: "yes", when: logicOf(index), next }], otherwise: { next: ["s50"] } };
}

/** 50 steps of logic and nothing else. */
export const logic50: Playbook = playbook.parse({
  schemaVersion: 1,
  id: "logic50",
  name: "logic50",
  inputs: [
    { key: "n", type: "number", required: true },
    { key: "kind", type: "string", required: true },
  ],
  start: ["s1"],
  steps: named({ ...logicSteps, s50: { kind: "end", outcome: "done" } }),
});
