import { playbookOf } from "./playbook-of.ts";

const action = (name: string, path: string, next: string) => ({ kind: "action", action: `test.${name}`, with: { path, n: "{{ input.n }}" }, next: [next] });

/** Calls that read, that may be sent twice and that may not, a wait between them, and a branch by what came back. */
export const chain = playbookOf(
  "chain",
  ["look"],
  {
    look: action("read", "/look", "label"),
    label: action("repeat", "/label", "pause"),
    pause: { kind: "wait", for: "PT0.01S", next: ["isolate"] },
    isolate: action("change", "/isolate", "check"),
    check: {
      kind: "condition",
      branches: [{ label: "known", when: { "==": [{ var: "steps.look.output.echo.n" }, { var: "input.n" }] }, next: ["close"] }],
      otherwise: { next: ["wrong"] },
    },
    close: action("change", "/close", "done"),
    done: { kind: "end", outcome: "closed" },
    wrong: { kind: "end", outcome: "wrong", result: "failed" },
  },
  { inputs: [{ key: "n", type: "number", required: true }], outputs: [{ key: "seen", value: "{{ steps.look.output.echo.n }}" }] },
);
