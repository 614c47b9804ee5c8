import { describe, expect, it } from "vitest";
import { advance, answerProblem, type RunInput } from "../index.ts";
import { DrivenRun } from "../testing/driven-run.ts";
import { action, playbookOf } from "../testing/playbooks.ts";

describe("a condition", () => {
  it("fails when no branch holds and there is no other way", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: { kind: "condition", branches: [{ label: "yes", when: { "==": [{ var: "input.n" }, 1] }, next: [] }] } }), { n: 2 });
    expect(run.run).toMatchObject({ status: "failed", error: { code: "no-branch-matched" } });
  });

  it("goes the first branch that holds and looks at no later one", () => {
    const run = new DrivenRun(
      playbookOf(["a"], {
        a: {
          kind: "condition",
          branches: [
            { label: "one", when: false, next: ["x"] },
            { label: "two", when: [1], next: ["y"] },
            { label: "three", when: true, next: ["x"] },
          ],
        },
        x: { kind: "section" },
        y: { kind: "section" },
      }),
    );
    expect(run.statuses()).toEqual({ a: "succeeded", x: "skipped", y: "succeeded" });
    expect(run.step("x").because).toEqual({ step: "a", way: "branch:one" });
    expect(run.step("a").explained).toHaveLength(2);
  });
});

describe("a step ruled out", () => {
  it("names the branch that ruled it out, however far up that is", () => {
    const run = new DrivenRun(
      playbookOf(["a"], {
        a: { kind: "condition", branches: [{ label: "yes", when: true, next: [] }], otherwise: { next: ["b"] } },
        b: action(["c"]),
        c: action(["d"]),
        d: { kind: "end", outcome: "no" },
      }),
    );
    expect(run.step("d")).toMatchObject({ status: "skipped", because: { step: "a", way: "otherwise" } });
    expect(run.run).toMatchObject({ status: "succeeded", outcome: null });
  });
});

describe("an ask", () => {
  const asking = {
    kind: "ask",
    name: "Isolate?",
    prompt: "Isolate {{ input.host }}?",
    to: { people: ["{{ input.lead }}", "{{ input.nobody }}"], caseOwner: true },
    context: { host: "{{ input.host }}" },
    fields: [
      { key: "reason", label: "Reason", type: "text", required: true },
      { key: "scope", label: "Scope", type: "choice", options: ["full", "selective"] },
      { key: "until", label: "Until", type: "date" },
    ],
    branches: [
      { label: "Isolate", tone: "negative", next: ["yes"] },
      { label: "Leave", next: ["no"] },
    ],
  };
  const others = { yes: { kind: "section" }, no: { kind: "section" }, late: { kind: "section" } };
  const open = (more: object = {}): DrivenRun => new DrivenRun(playbookOf(["ask"], { ask: { ...asking, ...more }, ...others }), { host: "LT-7", lead: "lead@qrst.example" });

  it("is opened with its templates worked out, and the answer is the way out", () => {
    const run = open();
    expect(run.effects).toMatchObject([
      {
        type: "open-ask",
        id: "run-1/ask/1",
        ask: {
          title: "Isolate?",
          prompt: "Isolate LT-7?",
          to: { people: ["lead@qrst.example"], caseOwner: true },
          context: { host: "LT-7" },
          branches: [
            { label: "Isolate", tone: "negative" },
            { label: "Leave", tone: "neutral" },
          ],
        },
      },
    ]);
    expect(run.step("ask")).toMatchObject({ status: "asking", effect: "run-1/ask/1" });
    run.give({ type: "ask-answered", effect: "run-1/ask/1", answer: "Leave", values: { reason: "on leave" }, by: "ana" });
    expect(run.step("ask").output).toEqual({ answer: "Leave", by: "ana", at: "2026-03-01T09:00:00.000Z", values: { reason: "on leave" } });
    expect(run.statuses()).toMatchObject({ yes: "skipped", no: "succeeded" });
  });

  it("refuses a malformed answer, says where it is wrong, and stays open", () => {
    const run = open();
    const problem = (answer: string, values: Extract<RunInput, { type: "ask-answered" }>["values"], effect = "run-1/ask/1"): unknown => {
      const before = run.run;
      const found = answerProblem(run.plan, before, effect, answer, values);
      run.give({ type: "ask-answered", effect, answer, values, by: "ana" });
      expect(run.run).toBe(before);
      return found && [found.code, found.pointer];
    };
    expect(problem("Perhaps", {})).toEqual(["unknown-answer", "/answer"]);
    expect(problem("Leave", {})).toEqual(["missing-field", "/values/reason"]);
    expect(problem("Leave", { reason: "" })).toEqual(["missing-field", "/values/reason"]);
    expect(problem("Leave", { reason: 3 })).toEqual(["invalid-field", "/values/reason"]);
    expect(problem("Leave", { reason: "x", scope: "none" })).toEqual(["invalid-field", "/values/scope"]);
    expect(problem("Leave", { reason: "x", until: "soon" })).toEqual(["invalid-field", "/values/until"]);
    expect(problem("Leave", { reason: "x", other: 1 })).toEqual(["unknown-field", "/values/other"]);
    expect(problem("Leave", { reason: "x" }, "run-1/ask/2")).toEqual(["ask-not-open", ""]);
    expect(answerProblem(run.plan, run.run, "run-1/ask/1", "Leave", { reason: "x", scope: "full", until: "2026-05-01" })).toBeNull();
  });

  it("goes its time-limit way when nobody answers", () => {
    const run = open({ timeLimit: "PT4H", onTimeLimit: { next: ["late"] } });
    expect(run.effects[1]).toEqual({ type: "start-timer", id: "run-1/ask/1/limit", step: "ask", purpose: "limit", at: run.now + 4 * 3_600_000 });
    expect(run.fire("run-1/ask/1/limit")).toMatchObject([{ type: "cancel-effect", target: "run-1/ask/1" }]);
    expect(run.step("ask")).toMatchObject({ status: "failed", way: "limit", error: { code: "no-answer-in-time" } });
    expect(run.statuses()).toMatchObject({ yes: "skipped", no: "skipped", late: "succeeded" });
    expect(run.run.status).toBe("succeeded");
  });

  it("fails when nobody answers and it has no such way", () => {
    const run = open({ timeLimit: "PT4H" });
    run.fire("run-1/ask/1/limit");
    expect(run.run).toMatchObject({ status: "failed", error: { code: "no-answer-in-time" } });
  });
});

describe("a wait", () => {
  const waiting = (more: object, input: { readonly [key: string]: string } = {}): DrivenRun =>
    new DrivenRun(playbookOf(["w"], { w: { kind: "wait", next: ["x"], ...more }, x: { kind: "section" }, late: { kind: "section" } }), input);

  it("sleeps for a duration or until a time", () => {
    for (const [more, at] of [
      [{ for: "PT5M" }, Date.UTC(2026, 2, 1, 9, 5)],
      [{ for: "{{ input.pause }}" }, Date.UTC(2026, 2, 1, 10)],
      [{ until: "{{ input.leaves }}" }, Date.UTC(2026, 2, 31, 15)],
      [{ until: "2026-04-01" }, Date.UTC(2026, 3, 1)],
    ] as const) {
      const run = waiting(more, { pause: "PT1H", leaves: "2026-03-31T17:00:00+02:00" });
      expect(run.effects).toEqual([{ type: "start-timer", id: "run-1/w/1", step: "w", purpose: "wait", at }]);
      expect(run.step("w")).toMatchObject({ status: "sleeping", wakesAt: at });
      run.fire("run-1/w/1", at);
      expect(run.run.status).toBe("succeeded");
    }
  });

  it("fails when it is not told how long", () => {
    expect(waiting({ for: "a while" }).run.error?.code).toBe("invalid-wait");
    expect(waiting({ until: "{{ input.never }}" }).run.error?.code).toBe("invalid-wait");
  });

  it("waits for a signal, which may bring data", () => {
    const run = waiting({ signal: "host-online" });
    expect(run.effects).toEqual([{ type: "await-signal", id: "run-1/w/1", step: "w", signal: "host-online" }]);
    expect(run.give({ type: "signal-received", signal: "other", data: 1 })).toEqual([]);
    run.give({ type: "signal-received", signal: "host-online", data: { ip: "10.0.0.7" } });
    expect(run.step("w")).toMatchObject({ status: "succeeded", output: { signal: "host-online", data: { ip: "10.0.0.7" } } });
  });

  it("takes a signal that came before it was reached, one for each wait, the oldest first", () => {
    const wait = (next: readonly string[]) => ({ kind: "wait", signal: "host-online", timeLimit: "PT1H", next });
    const run = new DrivenRun(playbookOf(["a"], { a: action(["first"]), first: wait(["second"]), second: wait(["third"]), third: wait([]) }));
    run.give({ type: "signal-received", signal: "host-online", data: 1 });
    run.give({ type: "signal-received", signal: "host-online", data: 2 });
    expect(run.run.earlyCount).toBe(2);
    expect(run.succeed("a")).toMatchObject([
      { type: "await-signal", step: "third" },
      { type: "start-timer", purpose: "limit" },
    ]);
    expect([run.step("first"), run.step("second")]).toMatchObject([{ output: { data: 1, at: "2026-03-01T09:00:00.000Z" } }, { output: { data: 2 } }]);
    expect(run.run.earlyCount).toBe(0);
    run.give({ type: "signal-received", signal: "host-online", data: 3 });
    expect(run.run.status).toBe("succeeded");
  });

  it("leaves no more than 1,000 signals waiting; what is waited for is taken all the same", () => {
    const run = waiting({ signal: "host-online" });
    let { run: state } = run;
    for (let index = 0; index < 1_000; index += 1) [state] = advance(run.plan, state, { type: "signal-received", at: run.now, signal: `other-${index % 7}`, data: index });
    expect(state.earlyCount).toBe(1_000);
    expect(advance(run.plan, state, { type: "signal-received", at: run.now, signal: "other-1", data: null })[0]).toBe(state);
    expect(advance(run.plan, state, { type: "signal-received", at: run.now, signal: "host-online", data: null })[0].status).toBe("succeeded");
  });

  it("goes its time-limit way when the signal does not come", () => {
    const run = waiting({ signal: "host-online", timeLimit: "PT1H", onTimeLimit: { next: ["late"] } });
    expect(run.fire("run-1/w/1/limit")).toMatchObject([{ type: "cancel-effect", target: "run-1/w/1" }]);
    expect(run.statuses()).toEqual({ w: "failed", x: "skipped", late: "succeeded" });
    expect(run.step("w").error?.code).toBe("timed-out");
  });
});

describe("an end", () => {
  const parallel = (one: object, two: object): DrivenRun =>
    new DrivenRun(
      playbookOf(["a", "b"], { a: action(["one"]), b: action(["two"]), one: { kind: "end", outcome: "first", ...one }, two: { kind: "end", outcome: "second", ...two } }),
    );

  it("ends only its own way", () => {
    const run = parallel({}, {});
    run.succeed("a");
    expect(run.run).toMatchObject({ status: "running", outcome: null });
    run.succeed("b");
    expect(run.run).toMatchObject({ status: "succeeded", outcome: "second" });
  });

  it("that terminates ends the whole run and cancels the rest", () => {
    const run = parallel({ terminate: true }, {});
    expect(run.succeed("a")).toEqual([{ type: "cancel-effect", id: "run-1/b/1/cancel", target: "run-1/b/1" }]);
    expect(run.run).toMatchObject({ status: "succeeded", outcome: "first" });
    expect(run.statuses()).toEqual({ a: "succeeded", b: "cancelled", one: "succeeded", two: "waiting" });
  });

  it("with a failed result makes the run fail, once the rest is done", () => {
    const run = parallel({ result: "failed" }, {});
    run.succeed("a");
    expect(run.run.status).toBe("running");
    run.succeed("b");
    expect(run.run).toMatchObject({ status: "failed", outcome: "first", error: { code: "ended-as-failed" } });
    expect(run.trace.at(-1)).toMatchObject({ type: "run-failed", step: "one" });
  });
});

describe("an output of the playbook that cannot be worked out", () => {
  it("fails the run", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: { kind: "section" } }, { outputs: [{ key: "x", value: { $logic: { "no-such-operator": [] } } }] }));
    expect(run.run).toMatchObject({ status: "failed", error: { code: "expression-failed" } });
  });
});
