import { describe, expect, it } from "vitest";
import { DrivenRun } from "../testing/driven-run.ts";
import { action, playbookOf } from "../testing/playbooks.ts";

const retried = { retry: { attempts: 3, delay: "PT2S", backoff: 3, maxDelay: "PT5S" } };

describe("an action", () => {
  it("is retried with growing pauses while its error can be retried, under a new id each time", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: action([], { ...retried, with: { at: "{{ now }}" } }) }));
    const [first] = run.effects;
    expect(run.fail("a", { retryable: true })).toEqual([{ type: "start-timer", id: "run-1/a/1/retry", step: "a", purpose: "retry", at: run.now + 2_000 }]);
    expect(run.step("a")).toMatchObject({ status: "sleeping", retryAt: run.now + 2_000, error: { code: "vendor-refused" } });
    expect(run.fire("run-1/a/1/retry", run.now + 2_000)).toEqual([{ ...first, id: "run-1/a/2", attempt: 2 }]);
    expect(run.fail("a", { retryable: true })).toMatchObject([{ at: run.now + 5_000 }]);
    run.fire("run-1/a/2/retry", run.now + 5_000);
    run.fail("a", { retryable: true });
    expect(run.step("a")).toMatchObject({ status: "failed", attempts: 3 });
    expect(run.run).toMatchObject({ status: "failed", error: { code: "vendor-refused" } });
    expect(run.trace.at(-1)).toMatchObject({ type: "run-failed", step: "a" });
  });

  it("waits as long as the vendor asks for when that is longer", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: action([], retried) }));
    expect(run.fail("a", { retryable: true }, 60_000)).toMatchObject([{ purpose: "retry", at: run.now + 60_000 }]);
  });

  it("is not retried when its error cannot be", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: action([], retried) }));
    expect(run.fail("a")).toEqual([]);
    expect(run.run.status).toBe("failed");
  });

  it("goes its error way when it fails for good, and rules out the other", () => {
    const run = new DrivenRun(
      playbookOf(["a"], {
        a: action(["b"], { onError: { next: ["c"] } }),
        b: action(["d"]),
        c: { kind: "set", values: { why: "{{ steps.a.error.code }}" }, next: ["d"] },
        d: { kind: "section" },
      }),
    );
    run.fail("a", { code: "user-not-found" });
    expect(run.statuses()).toEqual({ a: "failed", b: "skipped", c: "succeeded", d: "succeeded" });
    expect(run.step("b").because).toEqual({ step: "a", way: "next" });
    expect(run.run).toMatchObject({ status: "succeeded", vars: { why: "user-not-found" } });
  });

  it("rules its error way out when it succeeds", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: action(["b"], { onError: { next: ["c"] } }), b: { kind: "section", next: ["d"] }, c: action(["d"]), d: { kind: "section" } }));
    run.succeed("a");
    expect(run.statuses()).toEqual({ a: "succeeded", b: "succeeded", c: "skipped", d: "succeeded" });
    expect(run.step("c").because).toEqual({ step: "a", way: "error" });
  });

  it("times out attempt by attempt", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: action([], { timeout: "PT30S", retry: { attempts: 2, delay: "PT1S" } }) }));
    expect(run.effects).toMatchObject([
      { type: "call-action", timeoutMs: 30_000 },
      { type: "start-timer", id: "run-1/a/1/timeout", purpose: "timeout", at: run.now + 30_000 },
    ]);
    expect(run.fire("run-1/a/1/timeout", run.now + 30_000)).toMatchObject([
      { type: "cancel-effect", target: "run-1/a/1" },
      { type: "start-timer", purpose: "retry" },
    ]);
    expect(run.give({ type: "effect-succeeded", effect: "run-1/a/1", output: 1 })).toEqual([]);
    run.fire("run-1/a/1/retry", run.now + 1_000);
    expect(run.succeed("a", 2)).toEqual([{ type: "cancel-effect", id: "run-1/a/2/timeout/cancel", target: "run-1/a/2/timeout" }]);
    expect(run.step("a").output).toBe(2);
  });

  it("fails with expression-failed when its input cannot be worked out", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: action([], { with: { id: { $logic: { "no-such-operator": [1] } } } }) }));
    expect(run.step("a")).toMatchObject({ status: "failed", error: { code: "expression-failed", retryable: false } });
    expect(run.effects).toEqual([]);
  });

  it("replaces the case that expressions read when its result brings one", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: action(["b"]), b: { kind: "set", values: { owner: "{{ case.owner }}" } } }), {}, { id: "case-1", owner: null });
    run.give({ type: "effect-succeeded", effect: "run-1/a/1", output: null, case: { id: "case-1", owner: "ana" } });
    expect(run.run.vars).toEqual({ owner: "ana" });
  });
});

describe("repeat", () => {
  const polling = { repeat: { until: { "==": [{ var: "output.status" }, "isolated"] }, every: "PT10S", max: 3 }, retry: { attempts: 2, delay: "PT1S" } };

  it("polls until the condition holds", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: action(["b"], polling), b: { kind: "section" } }));
    expect(run.succeed("a", { status: "pending" })).toEqual([{ type: "start-timer", id: "run-1/a/1/repeat", step: "a", purpose: "repeat", at: run.now + 10_000 }]);
    expect(run.step("a")).toMatchObject({ status: "sleeping", poll: { count: 1, max: 3, nextAt: run.now + 10_000 }, output: { status: "pending" } });
    expect(run.fire("run-1/a/1/repeat", run.now + 10_000)).toMatchObject([{ type: "call-action", id: "run-1/a/2" }]);
    run.succeed("a", { status: "isolated" });
    expect(run.statuses()).toEqual({ a: "succeeded", b: "succeeded" });
    expect(run.step("a").output).toEqual({ status: "isolated" });
  });

  it("fails with repeat-exhausted after its last poll, and gives each poll its own retries", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: action([], polling) }));
    let number = 0;
    for (const last of [false, false, true]) {
      run.fail("a", { retryable: true });
      number += 1;
      run.fire(`run-1/a/${number}/retry`);
      run.succeed("a", { status: "pending" });
      number += 1;
      if (!last) run.fire(`run-1/a/${number}/repeat`);
    }
    expect(run.step("a")).toMatchObject({ status: "failed", attempts: 6, error: { code: "repeat-exhausted", details: { output: { status: "pending" } } } });
  });
});

describe("for-each", () => {
  const each = (more: object = {}, step: object = {}): DrivenRun =>
    new DrivenRun(
      playbookOf(["a"], {
        a: action(["b"], { forEach: { items: "{{ input.hosts }}", ...more }, with: { host: "{{ item }}", at: "{{ index }}" }, ...step }),
        b: { kind: "section" },
      }),
      { hosts: ["h0", "h1", "h2", "h3"] },
    );

  it("keeps as many items under way as it may, and gathers the outputs in the items' order", () => {
    const run = each({ concurrency: 2 });
    expect(run.effects).toMatchObject([
      { id: "run-1/a[0]/1", item: 0, input: { host: "h0", at: 0 } },
      { id: "run-1/a[1]/1", item: 1, input: { host: "h1", at: 1 } },
    ]);
    expect(run.succeed("a[1]", "one")).toMatchObject([{ id: "run-1/a[2]/1" }]);
    expect(run.step("a").items).toEqual({ total: 4, running: 2, succeeded: 1, failed: 0, inDoubt: 0 });
    expect(run.items("a").map((item) => item.status)).toEqual(["running", "succeeded", "running", "waiting"]);
    run.succeed("a[2]", "two");
    expect(run.succeed("a[3]", "three")).toEqual([]);
    run.succeed("a[0]", "zero");
    expect(run.step("a")).toMatchObject({ status: "succeeded", output: ["zero", "one", "two", "three"] });
    expect(run.run.status).toBe("succeeded");
  });

  it("goes one by one unless told otherwise", () => {
    const run = each();
    expect(run.effects.map((effect) => effect.id)).toEqual(["run-1/a[0]/1"]);
    expect(run.succeed("a[0]").map((effect) => effect.id)).toEqual(["run-1/a[1]/1"]);
  });

  it("fails with its first item, and cancels those under way", () => {
    const run = each({ concurrency: 3 }, { onError: { next: ["c"] } });
    expect(run.fail("a[1]").map((effect) => effect.type === "cancel-effect" && effect.target)).toEqual(["run-1/a[0]/1", "run-1/a[2]/1"]);
    expect(run.step("a")).toMatchObject({ status: "failed", error: { code: "for-each-items-failed", details: { failed: [{ index: 1, code: "vendor-refused" }] } } });
    expect(run.items("a").map((item) => item.status)).toEqual(["cancelled", "failed", "cancelled", "waiting"]);
  });

  it("goes on past items that fail when told to, and keeps their errors", () => {
    const run = each({ onItemError: "continue" });
    run.succeed("a[0]", 0);
    run.fail("a[1]", { code: "host-offline" });
    run.succeed("a[2]", 2);
    run.fail("a[3]");
    expect(run.step("a")).toMatchObject({
      status: "succeeded",
      output: [0, null, 2, null],
      error: { code: "for-each-items-failed", details: { failed: [{ index: 1, code: "host-offline" }, { index: 3 }] } },
    });
    expect(run.statuses()).toEqual({ a: "succeeded", b: "succeeded" });
  });

  it("retries and polls item by item", () => {
    const run = each({ concurrency: 2 }, { retry: { attempts: 2, delay: "PT1S" }, repeat: { until: { var: "output.done" }, every: "PT5S", max: 2 } });
    run.fail("a[0]", { retryable: true });
    expect(run.items("a")[0]).toMatchObject({ status: "sleeping", attempts: 1 });
    run.succeed("a[1]", { done: false });
    expect(run.fire("run-1/a[1]/1/repeat").map((effect) => effect.id)).toEqual(["run-1/a[1]/2"]);
    expect(run.fire("run-1/a[0]/1/retry").map((effect) => effect.id)).toEqual(["run-1/a[0]/2"]);
    run.succeed("a[0]", { done: true });
    expect(run.items("a").map((item) => item.status)).toEqual(["succeeded", "running", "running", "waiting"]);
  });

  it("succeeds with nothing when there is no item, and fails when there is no list", () => {
    expect(new DrivenRun(playbookOf(["a"], { a: action([], { forEach: { items: [] } }) })).step("a")).toMatchObject({ status: "succeeded", output: [] });
    expect(new DrivenRun(playbookOf(["a"], { a: action([], { forEach: { items: "{{ input.none }}" } }) })).step("a")).toMatchObject({
      status: "failed",
      error: { code: "for-each-not-a-list" },
    });
  });

  it("fails an item whose input cannot be worked out, and starts the next", () => {
    const run = each({ onItemError: "continue" }, { with: { host: { $logic: { if: [{ "==": [{ var: "index" }, 1] }, { "no-such-operator": [] }, { var: "item" }] } } } });
    expect(run.succeed("a[0]").map((effect) => effect.id)).toEqual(["run-1/a[2]/1"]);
    expect(run.items("a")[1]).toMatchObject({ status: "failed", error: { code: "expression-failed" } });
  });
});

describe("a script", () => {
  it("is run with its input, and its result is its output", () => {
    const run = new DrivenRun(playbookOf(["a"], { a: { kind: "script", source: "return input.n + 1", with: { n: "{{ input.n }}" }, timeout: "PT1S", next: [] } }), { n: 2 });
    expect(run.effects[0]).toEqual({ type: "run-script", id: "run-1/a/1", step: "a", attempt: 1, source: "return input.n + 1", input: { n: 2 }, timeoutMs: 1_000 });
    run.succeed("a", 3);
    expect(run.step("a").output).toBe(3);
  });
});

describe("a call", () => {
  const call = (more: object = {}): DrivenRun =>
    new DrivenRun(playbookOf(["a"], { a: { kind: "call", playbook: "child", with: { n: 1 }, next: ["b"], ...more }, b: { kind: "section" } }), {}, { id: "case-7" });

  it("starts a run on the same case, and gives its outputs", () => {
    const run = call();
    expect(run.effects).toEqual([{ type: "start-run", id: "run-1/a/1", step: "a", playbook: "child", input: { n: 1 }, case: "case-7", detached: false }]);
    run.give({ type: "child-started", effect: "run-1/a/1", run: "run-2" });
    expect(run.step("a")).toMatchObject({ status: "running", children: ["run-2"] });
    run.give({ type: "child-ended", effect: "run-1/a/1", run: "run-2", status: "succeeded", outputs: { verdict: "theft" } });
    expect(run.step("a")).toMatchObject({ status: "succeeded", output: { verdict: "theft", run: "run-2" }, children: ["run-2"] });
  });

  it("fails when the run that it started fails or is cancelled", () => {
    for (const [status, code] of [
      ["failed", "child-run-failed"],
      ["cancelled", "child-run-cancelled"],
    ] as const) {
      const run = call();
      run.give({ type: "child-ended", effect: "run-1/a/1", run: "run-2", status, outputs: {}, error: { code: "x", message: "No.", retryable: false } });
      expect(run.step("a")).toMatchObject({ status: "failed", error: { code, details: { run: "run-2" } } });
    }
  });

  it("does not wait when it is detached", () => {
    const run = call({ detached: true });
    run.give({ type: "child-started", effect: "run-1/a/1", run: "run-2" });
    expect(run.step("a")).toMatchObject({ status: "succeeded", output: { run: "run-2" } });
  });

  it("takes the case that the playbook names", () => {
    expect(call({ case: null }).effects).toMatchObject([{ case: null }]);
    expect(call({ case: "case-8" }).effects).toMatchObject([{ case: "case-8" }]);
  });

  it("cancels the child when it times out", () => {
    const run = call({ timeout: "PT1H" });
    run.give({ type: "child-started", effect: "run-1/a/1", run: "run-2" });
    expect(run.fire("run-1/a/1/timeout")).toEqual([{ type: "cancel-run", id: "run-1/a/1/cancel", target: "run-2" }]);
    expect(run.step("a").error?.code).toBe("timed-out");
  });

  it("starts one child for each item", () => {
    const run = call({ forEach: { items: ["x", "y"], concurrency: 2 } });
    run.give({ type: "child-started", effect: "run-1/a[1]/1", run: "run-3" });
    expect(run.items("a")).toMatchObject([{ item: "x" }, { item: "y", child: "run-3" }]);
  });
});
