import { describe, expect, it } from "vitest";
import { DrivenRun } from "./testing/driven-run.ts";
import { action, playbookOf } from "./testing/playbooks.ts";

const end = (outcome = "done", more: object = {}): { kind: "end"; outcome: string } => ({ kind: "end", outcome, ...more });

describe("a run", () => {
  it("goes from action over condition to end, and says why", () => {
    const run = new DrivenRun(
      playbookOf(
        ["look-up"],
        {
          "look-up": action(["is-executive"], { with: { email: "{{ input.email }}" } }),
          "is-executive": {
            kind: "condition",
            branches: [{ label: "executive", when: { in: ["Executives", { var: "steps.look-up.output.groups" }] }, next: ["note"] }],
            otherwise: { next: ["other"] },
          },
          note: { kind: "set", values: { who: "{{ steps.look-up.output.name }}", count: 2 }, next: ["finish"] },
          other: action(["finish"]),
          finish: end("isolated"),
        },
        { outputs: [{ key: "who", value: "{{ vars.who }}" }] },
      ),
      { email: "john@qrst.example" },
    );
    expect(run.effects).toEqual([{ type: "call-action", id: "run-1/look-up/1", step: "look-up", attempt: 1, action: "code42.get-alert", input: { email: "john@qrst.example" } }]);
    expect(run.succeed("look-up", { name: "John", groups: ["Executives"] })).toEqual([]);
    expect(run.statuses()).toEqual({ "look-up": "succeeded", "is-executive": "succeeded", note: "succeeded", other: "skipped", finish: "succeeded" });
    expect(run.step("other").because).toEqual({ step: "is-executive", way: "otherwise" });
    expect(run.step("is-executive")).toMatchObject({ way: "branch:executive", explained: [{ branch: "executive", holds: true }] });
    expect(run.run).toMatchObject({ status: "succeeded", outcome: "isolated", outputs: { who: "John" }, vars: { who: "John", count: 2 } });
    expect(run.trace.map((event) => event.type)).toEqual([
      "run-started",
      "attempt-started",
      "effect-succeeded",
      "step-succeeded",
      "step-succeeded",
      "step-skipped",
      "step-succeeded",
      "step-succeeded",
      "run-succeeded",
    ]);
  });

  it("runs a step once when all its ways in are known, and one that joins any at the first", () => {
    const run = new DrivenRun(
      playbookOf(["a", "b"], {
        a: action(["both", "either"]),
        b: action(["both", "either"]),
        both: action([]),
        either: { ...action([]), join: "any" },
      }),
    );
    expect(run.succeed("a").map((effect) => effect.id)).toEqual(["run-1/either/1"]);
    expect(run.succeed("b").map((effect) => effect.id)).toEqual(["run-1/both/1"]);
    run.succeed("both");
    expect(run.run.status).toBe("running");
    run.succeed("either");
    expect(run.run.status).toBe("succeeded");
  });

  it("ends although a cycle was drawn", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: { kind: "section", next: ["b"] }, b: { kind: "section", next: ["a"] } }));
    expect(run.run.status).toBe("succeeded");
  });

  it("does not wait for steps that no run can reach, nor for names that do not exist", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: { kind: "section", next: ["c", "nowhere"] }, orphan: { kind: "section", next: ["c"] }, c: { kind: "section" } }));
    expect(run.statuses()).toEqual({ a: "succeeded", orphan: "waiting", c: "succeeded" });
    expect(run.run.status).toBe("succeeded");
  });
});
