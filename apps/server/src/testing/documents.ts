/** A playbook that opens a case, asks, and ends. */
export const askingPlaybook = (id = "asking") => ({
  schemaVersion: 1,
  id,
  name: "Asking",
  tags: ["test"],
  start: ["open-case"],
  steps: {
    "open-case": { kind: "action", name: "Open the case", action: "cases.open", with: { title: "Files left", type: "Exposure on an endpoint" }, next: ["approve"] },
    approve: {
      kind: "ask",
      name: "Go on?",
      prompt: "Shall we go on?",
      branches: [
        { label: "yes", next: ["note"] },
        { label: "no", next: ["end"] },
      ],
    },
    note: { kind: "action", name: "Write it down", action: "cases.add-note", with: { text: "Somebody said yes." }, next: ["end"] },
    end: { kind: "end", name: "End", outcome: "done" },
  },
});

/** A playbook that opens a case and a restricted child with the given team, runs another playbook on the child, and asks. */
export const restrictedPlaybook = (members: readonly string[], id = "restricted") => ({
  schemaVersion: 1,
  id,
  name: "Restricted",
  start: ["open-case"],
  outputs: [{ key: "child", value: "{{ steps.open-child.output.id }}" }],
  steps: {
    "open-case": { kind: "action", name: "Open the case", action: "cases.open", with: { title: "Executive", type: "Exposure on an endpoint" }, next: ["open-child"] },
    "open-child": {
      kind: "action",
      name: "Open the investigation",
      action: "cases.open-child",
      with: { title: "Secret investigation", restricted: true, members },
      next: ["investigate"],
    },
    investigate: { kind: "call", name: "Investigate", playbook: "asking-child", case: "{{ steps.open-child.output.id }}", detached: true, next: ["approve"] },
    approve: { kind: "ask", name: "Go on?", prompt: "Shall we go on?", branches: [{ label: "yes", next: ["end"] }] },
    end: { kind: "end", name: "End", outcome: "done" },
  },
});

/** What runs on the child case. */
export const childPlaybook = {
  schemaVersion: 1,
  id: "asking-child",
  name: "Child",
  start: ["preserve"],
  steps: {
    preserve: { kind: "ask", name: "Preserve?", prompt: "Preserve the evidence?", branches: [{ label: "yes", next: ["end"] }] },
    end: { kind: "end", name: "End", outcome: "investigated" },
  },
};
