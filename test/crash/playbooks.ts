import { playbookOf } from "@drawbridge/engine/testing";

const action = (name: string, path: string, next: readonly string[], more: object = {}) => ({
  kind: "action",
  action: `test.${name}`,
  with: { path, n: "{{ input.n }}" },
  next,
  ...more,
});
const declared = (value: string) => ({ inputs: [{ key: "n", type: "number", required: true }], outputs: [{ key: "seen", value }] });

/** What a security team draws, in small: reading, changing and repeatable calls, lists, asks, timers, retries and called playbooks. */
const mixed = [
  playbookOf(
    "chain",
    ["look"],
    {
      look: action("read", "/look", ["tag"]),
      tag: action("repeat", "/tag", ["nap"]),
      nap: { kind: "wait", for: "PT0.02S", next: ["isolate"] },
      isolate: action("change", "/isolate", ["close"]),
      close: action("change", "/close", ["done"]),
      done: { kind: "end", outcome: "closed" },
    },
    declared("{{ steps.isolate.output.echo.n }}"),
  ),
  playbookOf(
    "each",
    ["hosts"],
    {
      hosts: { kind: "action", action: "test.change", with: { path: "/host", n: "{{ item }}" }, forEach: { items: [1, 2, 3, 4, 5, 6], concurrency: 3 }, next: ["sum"] },
      sum: { kind: "script", source: "return input.hosts.map((host) => host.echo.n)", with: { hosts: "{{ steps.hosts.output }}" } },
    },
    declared("{{ steps.sum.output }}"),
  ),
  playbookOf(
    "approval",
    ["look", "ask"],
    {
      look: action("read", "/before", []),
      ask: {
        kind: "ask",
        prompt: "Isolate?",
        branches: [
          { label: "yes", next: ["change"] },
          { label: "no", next: [] },
        ],
      },
      change: action("change", "/approved", ["done"]),
      done: { kind: "end", outcome: "approved" },
    },
    declared("{{ steps.change.output.echo.n }}"),
  ),
  playbookOf(
    "retried",
    ["flaky"],
    { flaky: action("read", "/flaky-{{ input.n }}", ["after"], { retry: { attempts: 4, delay: "PT0.02S" } }), after: action("change", "/after", []) },
    declared("{{ steps.after.output.echo.n }}"),
  ),
  playbookOf(
    "parent",
    ["sub"],
    {
      sub: { kind: "call", playbook: "child", with: { n: "{{ input.n }}" }, next: ["aside"] },
      aside: { kind: "call", playbook: "aside", with: { n: "{{ input.n }}" }, detached: true },
    },
    declared("{{ steps.sub.output.seen }}"),
  ),
];

/** The ids of playbooks to start, and all playbooks by id; every changing call of theirs may be sent once only. */
export const started = mixed.map(({ id }) => id);
export const playbooks = new Map(
  [
    ...mixed,
    playbookOf("child", ["change"], { change: action("change", "/child", []) }, declared("{{ steps.change.output.echo.n }}")),
    playbookOf("aside", ["change"], { change: action("change", "/aside", []) }, declared("{{ steps.change.output.echo.n }}")),
  ].map((each) => [each.id, each]),
);
/** Paths of the vendor that only reading and repeatable calls ask for. */
export const repeatable = (path: string): boolean => path === "/look" || path === "/tag" || path === "/before" || path.startsWith("/flaky");
