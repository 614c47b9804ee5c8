import type { Step, StepKind, StepOf } from "../steps/registry.ts";

const templates: { [Kind in StepKind]: StepOf<Kind> } = {
  action: { kind: "action", name: "New action", action: "http.request", with: {}, next: [] },
  condition: { kind: "condition", name: "New condition", branches: [{ label: "yes", when: { "==": [{ var: "input" }, true] }, next: [] }], otherwise: { next: [] } },
  ask: {
    kind: "ask",
    name: "New question",
    prompt: "Go on?",
    branches: [
      { label: "Approve", tone: "positive", next: [] },
      { label: "Decline", tone: "negative", next: [] },
    ],
  },
  wait: { kind: "wait", name: "Wait", for: "PT5M", next: [] },
  call: { kind: "call", name: "Call a playbook", playbook: "playbook", with: {}, next: [] },
  set: { kind: "set", name: "Set variables", values: {}, next: [] },
  script: { kind: "script", name: "Script", source: "return input;", with: {}, next: [] },
  section: { kind: "section", name: "New section", next: [] },
  end: { kind: "end", name: "End", outcome: "done" },
};

/** A new, valid step of a kind. */
export function stepTemplate<Kind extends StepKind>(kind: Kind): StepOf<Kind> & Step {
  return structured(templates[kind]);
}

/** A copy that shares nothing. */
const structured = <Kind extends StepKind>(step: StepOf<Kind>): StepOf<Kind> & Step => JSON.parse(JSON.stringify(step)) as StepOf<Kind> & Step;
