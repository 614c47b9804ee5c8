import { describe, expect, it } from "vitest";
import { advance, awaitedEffect, compile, effectsDue, sentEffects } from "./index.ts";
import { DrivenRun } from "./testing/driven-run.ts";
import { action, playbookOf } from "./testing/playbooks.ts";

describe("cancelling", () => {
  it("cancels what is under way, children too, and ends the run", () => {
    const run = new DrivenRun(playbookOf(["a", "b", "c"], { a: action([]), b: { kind: "call", playbook: "child" }, c: { kind: "wait", for: "PT1H" } }));
    run.give({ type: "child-started", effect: "run-1/b/1", run: "run-2" });
    const effects = run.give({ type: "cancel-requested", by: "ana", reason: "duplicate" });
    expect(effects.map((effect) => [effect.type, "target" in effect && effect.target]).sort()).toEqual([
      ["cancel-effect", "run-1/a/1"],
      ["cancel-effect", "run-1/c/1"],
      ["cancel-run", "run-2"],
    ]);
    expect(run.run).toMatchObject({ status: "cancelled", error: null });
    expect(run.trace.at(-1)).toMatchObject({ type: "run-cancelled", by: "ana", reason: "duplicate" });
    expect(run.statuses()).toEqual({ a: "cancelled", b: "cancelled", c: "cancelled" });
    expect(effectsDue(run.plan, run.run)).toEqual([]);
  });
});

describe("a step that fails the run", () => {
  it("cancels parallel work, and is named", () => {
    const run = new DrivenRun(playbookOf(["a", "b"], { a: action([]), b: action(["c"]), c: { kind: "section" } }));
    expect(run.fail("a")).toEqual([{ type: "cancel-effect", id: "run-1/b/1/cancel", target: "run-1/b/1" }]);
    expect(run.statuses()).toEqual({ a: "failed", b: "cancelled", c: "waiting" });
  });

  it("asks for nothing that would be cancelled at once", () => {
    const run = new DrivenRun(playbookOf(["a", "b"], { a: action([]), b: { kind: "wait", for: "nonsense" } }));
    expect(run.run.status).toBe("failed");
    expect(run.effects).toEqual([]);
  });
});

describe("pausing", () => {
  it("starts nothing new until it is resumed, and still records results", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: action(["b"]), b: action([]) }));
    run.give({ type: "pause-requested", by: "ana" });
    expect(run.run.status).toBe("paused");
    expect(run.succeed("a", 1)).toEqual([]);
    expect(run.statuses()).toEqual({ a: "succeeded", b: "waiting" });
    expect(run.give({ type: "resume-requested", by: "ana" }).map((effect) => effect.id)).toEqual(["run-1/b/1"]);
    expect(run.run.status).toBe("running");
  });

  it("holds back a retry whose time has come", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: action([], { retry: { attempts: 2, delay: "PT1S" } }) }));
    run.fail("a", { retryable: true });
    run.give({ type: "pause-requested", by: "ana" });
    expect(run.fire("run-1/a/1/retry")).toEqual([]);
    expect(run.give({ type: "resume-requested", by: "ana" }).map((effect) => effect.id)).toEqual(["run-1/a/2"]);
  });

  it("can be asked for once only", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: action([]) }));
    const before = run.run;
    run.give({ type: "resume-requested", by: "ana" });
    expect(run.run).toBe(before);
    run.give({ type: "pause-requested", by: "ana" });
    const paused = run.run;
    run.give({ type: "pause-requested", by: "ben" });
    expect(run.run).toBe(paused);
  });

  it("does not keep a run from ending that has nothing left to start", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: action([]) }));
    run.give({ type: "pause-requested", by: "ana" });
    run.succeed("a");
    expect(run.run.status).toBe("succeeded");
  });
});

describe("an attempt in doubt", () => {
  const doubtful = (more: { readonly [key: string]: string } = {}): DrivenRun => {
    const run = new DrivenRun(playbookOf(["a"], { a: action(["b"], more), b: { kind: "set", values: { got: "{{ steps.a.output }}" } } }));
    run.give({ type: "effect-sent", effect: "run-1/a/1" });
    run.give({ type: "doubt-raised", effect: "run-1/a/1" });
    return run;
  };

  it("keeps the run alive until a person decides", () => {
    const run = doubtful();
    expect(run.step("a")).toMatchObject({ status: "in-doubt", effect: "run-1/a/1" });
    expect(run.run.status).toBe("running");
    expect(effectsDue(run.plan, run.run)).toEqual([]);
    expect(sentEffects(run.run)).toEqual(new Set());
  });

  it("is made again under a new id", () => {
    const run = doubtful();
    expect(run.give({ type: "doubt-decided", effect: "run-1/a/1", decision: "retry", by: "ana" })).toMatchObject([
      { type: "cancel-effect", target: "run-1/a/1" },
      { type: "call-action", id: "run-1/a/2", attempt: 2 },
    ]);
    expect(run.step("a").status).toBe("running");
  });

  it("is done with the output that the person gives", () => {
    const run = doubtful();
    run.give({ type: "doubt-decided", effect: "run-1/a/1", decision: "done", output: { status: "isolated" }, by: "ana" });
    expect(run.step("a")).toMatchObject({ status: "succeeded", output: { status: "isolated" } });
    expect(run.run.vars).toEqual({ got: { status: "isolated" } });
  });

  it("is skipped: the run goes on by next, and the step says why", () => {
    const run = doubtful();
    run.give({ type: "doubt-decided", effect: "run-1/a/1", decision: "skip", by: "ana" });
    expect(run.step("a")).toMatchObject({ status: "skipped", way: "next", output: null, because: null, error: { code: "skipped-in-doubt" } });
    expect(run.statuses()).toEqual({ a: "skipped", b: "succeeded" });
  });

  it("ends when the result comes after all", () => {
    const run = doubtful();
    run.succeed("a", 1);
    expect(run.step("a")).toMatchObject({ status: "succeeded", output: 1 });
  });

  it("is decided beforehand when the step says so", () => {
    expect(doubtful({ onDoubt: "retry" }).effects).toMatchObject([{ type: "cancel-effect" }, { type: "call-action", id: "run-1/a/2" }]);
    expect(doubtful({ onDoubt: "skip" }).statuses()).toEqual({ a: "skipped", b: "succeeded" });
  });

  it("is over when the vendor's answer comes after all", () => {
    const succeeded = doubtful();
    succeeded.give({ type: "effect-succeeded", effect: "run-1/a/1", output: 7 });
    expect(succeeded.run).toMatchObject({ status: "succeeded", vars: { got: 7 } });
    const failed = doubtful();
    failed.give({ type: "effect-failed", effect: "run-1/a/1", error: { code: "vendor-refused", message: "No.", retryable: false } });
    expect(failed.run).toMatchObject({ status: "failed", error: { code: "vendor-refused" } });
  });

  it("of one item leaves the others going, and the step in doubt", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: action([], { forEach: { items: [1, 2, 3], concurrency: 2 } }) }));
    run.give({ type: "doubt-raised", effect: "run-1/a[0]/1" });
    expect(run.step("a")).toMatchObject({ status: "in-doubt", effect: "run-1/a[0]/1", items: { running: 2, inDoubt: 1 } });
    run.succeed("a[1]");
    expect(run.step("a").status).toBe("in-doubt");
    run.give({ type: "doubt-decided", effect: "run-1/a[0]/1", decision: "skip", by: "ana" });
    expect(run.step("a")).toMatchObject({ status: "running", items: { running: 1, succeeded: 2, inDoubt: 0 } });
    run.succeed("a[2]", "c");
    expect(run.step("a")).toMatchObject({ status: "succeeded", output: [null, null, "c"], error: { details: { failed: [{ index: 0, code: "skipped-in-doubt" }] } } });
  });
});

describe("re-running from a step", () => {
  const steps = { a: action(["b", "c"]), b: action(["d"]), c: action(["d"]), d: { kind: "end", outcome: "done" } };

  it("does it and all that follows again, and what the failure cut short, and keeps what came before", () => {
    const run = new DrivenRun(playbookOf(["a"], steps));
    run.succeed("a", "kept");
    run.fail("b");
    expect(run.statuses()).toEqual({ a: "succeeded", b: "failed", c: "cancelled", d: "waiting" });
    const effects = run.give({ type: "rerun-requested", step: "b", by: "ana" });
    expect(effects.map((effect) => effect.id)).toEqual(["run-1/b/2", "run-1/c/2"]);
    expect(run.run).toMatchObject({ status: "running", endedAt: null, error: null });
    run.succeed("b");
    run.succeed("c");
    expect(run.run).toMatchObject({ status: "succeeded", outcome: "done" });
    expect(run.step("a").output).toBe("kept");
  });

  it("takes edited input, merged over what the playbook says", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: action([], { with: { email: "{{ input.email }}", deep: true } }) }), { email: "wrong" });
    run.fail("a");
    expect(run.give({ type: "rerun-requested", step: "a", input: { email: "right" }, by: "ana" })).toMatchObject([{ id: "run-1/a/2", input: { email: "right", deep: true } }]);
  });

  it("works on a run that succeeded, and joins with what was not re-run", () => {
    const run = new DrivenRun(playbookOf(["a"], steps));
    for (const step of ["a", "b", "c"]) run.succeed(step);
    run.give({ type: "rerun-requested", step: "c", by: "ana" });
    expect(run.statuses()).toEqual({ a: "succeeded", b: "succeeded", c: "running", d: "waiting" });
    run.succeed("c");
    expect(run.run.status).toBe("succeeded");
  });

  it("works on a failed step of a run that still goes on", () => {
    const run = new DrivenRun(playbookOf(["a", "z"], { a: action(["b"], { onError: { next: ["e"] } }), b: action([]), e: action(["f"]), f: { kind: "section" }, z: action([]) }));
    run.fail("a");
    expect(run.step("e").status).toBe("running");
    expect(run.give({ type: "rerun-requested", step: "a", by: "ana" })).toMatchObject([{ type: "cancel-effect", target: "run-1/e/1" }, { id: "run-1/a/2" }]);
    run.succeed("a");
    expect(run.statuses()).toEqual({ a: "succeeded", b: "running", e: "skipped", f: "skipped", z: "running" });
    run.succeed("b");
    run.succeed("z");
    expect(run.run.status).toBe("succeeded");
  });

  it("from a step further on leaves the failed one as it is", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: action(["b", "c"]), b: action(["d"]), c: action(["d"]), d: action([]) }));
    run.succeed("a");
    run.fail("b");
    expect(run.give({ type: "rerun-requested", step: "d", by: "ana" }).map((effect) => effect.id)).toEqual(["run-1/d/1"]);
    run.succeed("d");
    expect(run.run.status).toBe("succeeded");
    expect(run.step("b").status).toBe("failed");
  });

  it("never uses an effect id twice, for items either", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: action([], { forEach: { items: [1, 2], concurrency: 2 }, retry: { attempts: 2, delay: "PT1S" } }) }));
    run.fail("a[0]", { retryable: true });
    run.fire("run-1/a[0]/1/retry");
    run.fail("a[1]");
    expect(run.give({ type: "rerun-requested", step: "a", by: "ana" }).map((effect) => effect.id)).toEqual(["run-1/a[0]/3", "run-1/a[1]/3"]);
  });

  it("changes nothing for a step that does not exist, or has not failed while the run goes on", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: action([]) }));
    const before = run.run;
    run.give({ type: "rerun-requested", step: "a", by: "ana" });
    run.give({ type: "rerun-requested", step: "nowhere", by: "ana" });
    expect(run.run).toBe(before);
  });
});

describe("after a restart", () => {
  it("everything that the run waits for is due, oldest first, and what was sent is known", () => {
    const run = new DrivenRun(
      playbookOf(["a", "b", "c"], {
        a: action([], { timeout: "PT1M" }),
        b: { kind: "ask", prompt: "?", branches: [{ label: "yes", next: [] }] },
        c: { kind: "call", playbook: "child" },
      }),
    );
    run.give({ type: "effect-sent", effect: "run-1/a/1" });
    expect(effectsDue(run.plan, run.run).map((effect) => effect.id)).toEqual(["run-1/a/1", "run-1/a/1/timeout", "run-1/b/1", "run-1/c/1"]);
    expect(sentEffects(run.run)).toEqual(new Set(["run-1/a/1"]));
    expect(awaitedEffect(run.run, "run-1/b/1")?.type).toBe("open-ask");
    expect(awaitedEffect(run.run, "run-1/b/2")).toBeNull();
  });
});

describe("an input that changes nothing", () => {
  it("gives back the very same run", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: action(["b"]), b: action([]) }), {}, { id: "case-1" });
    run.succeed("a");
    const before = run.run;
    run.give({ type: "effect-succeeded", effect: "run-1/a/1", output: "late" });
    run.give({ type: "effect-failed", effect: "run-1/a/1", error: { code: "x", message: "x", retryable: false } });
    run.give({ type: "timer-fired", effect: "run-1/b/1" });
    run.give({ type: "effect-sent", effect: "nothing" });
    run.give({ type: "case-changed", case: { id: "case-1" } });
    run.give({ type: "child-ended", effect: "run-1/b/1", run: "x", status: "succeeded", outputs: {} });
    run.give({ type: "doubt-decided", effect: "run-1/b/1", decision: "skip", by: "ana" });
    expect(run.run).toBe(before);
    run.succeed("b");
    const ended = run.run;
    run.give({ type: "cancel-requested", by: "ana" });
    run.give({ type: "case-changed", case: null });
    expect(run.run).toBe(ended);
  });
});

describe("the decision budget", () => {
  it("fails a run rather than going on without end", () => {
    const plan = compile(playbookOf(["a"], { a: { kind: "section", next: ["b"] }, b: { kind: "section", next: ["c"] }, c: { kind: "section" } }), { budget: 2 });
    const [run] = advance(plan, null, { type: "run-started", at: 1, run: "r", playbook: { id: "p", version: 1 }, input: {}, trigger: { kind: "manual" }, case: null });
    expect(run).toMatchObject({ status: "failed", error: { code: "step-budget-exhausted" } });
  });
});
