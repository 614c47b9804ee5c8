import { describe, expect, it } from "vitest";
import { playbookOf } from "../testing/playbook-of.ts";
import { maskedScenario } from "./masked-scenario.ts";
import { scenario } from "./scenario.ts";

const playbook = playbookOf(
  "leaver",
  ["is-ceo"],
  { "is-ceo": { kind: "condition", branches: [{ label: "ceo", when: { "==": [{ var: "input.user" }, "the.ceo"] }, next: [] }], otherwise: { next: [] } } },
  {
    inputs: [
      { key: "user", type: "string" },
      { key: "mail", type: "string" },
      { key: "apiToken", type: "string" },
      { key: "note", type: "string" },
    ],
  },
);
const recorded = scenario.parse({
  schemaVersion: 1,
  name: "Departure of John O'Hara",
  input: { user: "johara", mail: "John.OHara@qrst.com", apiToken: "abcdef123456", note: "johara left; ask mary@qrst.com (10.1.2.3) about John O'Hara" },
  results: { look: [{ output: { displayName: "John O'Hara", mail: "john.ohara@qrst.com", manager: "mary@qrst.com", groups: ["Staff"], apiToken: "abcdef123456", size: 12 } }] },
  expect: { status: "succeeded" },
});

describe("a scenario without personal data", () => {
  const { scenario: saved, masked } = maskedScenario(recorded, playbook);

  it("has the same stand-in for the same value, in texts too", () => {
    const [{ output }] = saved.results?.["look"] as [{ output: { displayName: string; mail: string; manager: string; groups: string[]; size: number; apiToken: string } }];
    expect(output.groups).toEqual(["Staff"]);
    expect(output.size).toBe(12);
    expect(saved.input?.["apiToken"]).toBe(output.apiToken);
    expect(saved.input?.["note"]).toBe(`${String(saved.input?.["user"])} left; ask ${output.manager} (192.0.2.2) about ${output.displayName}`);
    expect(saved.name).toBe(`Departure of ${output.displayName}`);
    expect(JSON.stringify(saved)).not.toMatch(/hara|mary|abcdef|10\.1\.2\.3|qrst/i);
  });

  it("tells what was replaced, by what and how often", () => {
    expect(masked.find(({ kind }) => kind === "secret")).toEqual({ kind: "secret", from: "abcdef123456", to: "masked-secret-1", times: 2 });
    expect(masked.find(({ from }) => from === "mary@qrst.com")).toMatchObject({ kind: "email", times: 2 });
    expect(masked.find(({ from }) => from === "John O'Hara")).toMatchObject({ kind: "name", times: 3 });
  });

  it("keeps what the playbook itself names and what is to be kept, but no secret", () => {
    const kept = maskedScenario({ ...recorded, input: { ...recorded.input, user: "the.ceo" } }, playbook, ["mary@qrst.com", "abcdef123456"]).scenario;
    expect(kept.input?.["user"]).toBe("the.ceo");
    expect(kept.input?.["note"]).toContain("mary@qrst.com");
    expect(JSON.stringify(kept)).not.toContain("abcdef");
  });
});
