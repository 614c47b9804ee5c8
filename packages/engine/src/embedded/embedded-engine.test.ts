import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EngineOnDisk } from "../testing/engine-on-disk.ts";
import { playbookOf } from "../testing/playbook-of.ts";
import { callerOf, type Service, startService } from "../testing/service.ts";

const action = (name: string, path: string, next: readonly string[] = [], more: object = {}) => ({ kind: "action", action: `test.${name}`, with: { path }, next, ...more });

const playbooks = [
  playbookOf(
    "kinds",
    ["heading"],
    {
      heading: { kind: "section", next: ["read"] },
      read: action("read", "/read", ["remember"]),
      remember: { kind: "set", values: { seen: "{{ steps.read.output.path }}" }, next: ["check"] },
      check: { kind: "condition", branches: [{ label: "yes", when: { "==": [{ var: "vars.seen" }, "/read"] }, next: ["compute"] }], otherwise: { next: ["wrong"] } },
      compute: { kind: "script", source: "return { doubled: input.n * 2 }", with: { n: "{{ input.n }}" }, next: ["pause"] },
      pause: { kind: "wait", for: "PT0.02S", next: ["sub"] },
      sub: { kind: "call", playbook: "child", with: { n: "{{ steps.compute.output.doubled }}" }, next: ["each"] },
      each: action("read", "/each", ["done"], { forEach: { items: [1, 2, 3], concurrency: 2 } }),
      done: { kind: "end", outcome: "all done" },
      wrong: { kind: "end", outcome: "wrong", result: "failed" },
    },
    { inputs: [{ key: "n", type: "number", required: true }], outputs: [{ key: "result", value: "{{ steps.sub.output.tripled }}" }] },
  ),
  playbookOf(
    "child",
    ["triple"],
    { triple: { kind: "script", source: "return input.n * 3", with: { n: "{{ input.n }}" } } },
    { inputs: [{ key: "n", type: "number" }], outputs: [{ key: "tripled", value: "{{ steps.triple.output }}" }] },
  ),
  playbookOf("slow-child", ["change"], { change: action("change", "/slow-child") }),
  playbookOf("parent", ["sub"], { sub: { kind: "call", playbook: "slow-child", next: ["done"] }, done: { kind: "end", outcome: "called" } }),
  playbookOf("asking-parent", ["sub"], { sub: { kind: "call", playbook: "approval" } }),
  playbookOf("detaching-parent", ["sub"], { sub: { kind: "call", playbook: "approval", detached: true, next: ["wait"] }, wait: { kind: "wait", signal: "never" } }),
  playbookOf("endless", ["sub"], { sub: { kind: "call", playbook: "endless" } }),
  playbookOf("no-child", ["sub"], { sub: { kind: "call", playbook: "nowhere" } }),
  playbookOf("approval", ["ask"], {
    ask: {
      kind: "ask",
      prompt: "Isolate?",
      branches: [
        { label: "yes", next: ["change"] },
        { label: "no", next: [] },
      ],
      timeLimit: "PT1H",
      onTimeLimit: { next: ["late"] },
      fields: [{ key: "why", label: "Why", type: "text", required: true }],
    },
    change: action("change", "/approved", ["done"]),
    done: { kind: "end", outcome: "isolated" },
    late: { kind: "end", outcome: "nobody answered" },
  }),
  playbookOf("change", ["change"], { change: action("change", "/change", ["done"]), done: { kind: "end", outcome: "changed" } }),
  playbookOf("repeat", ["repeat"], { repeat: action("repeat", "/repeat") }),
  playbookOf("retry", ["fail"], { fail: action("read", "/fail", [], { retry: { attempts: 3, delay: "PT0.01S" } }) }),
  playbookOf(
    "large",
    ["make"],
    {
      make: { kind: "action", action: "test.large", with: { bytes: "{{ input.bytes }}" }, next: ["size"] },
      size: { kind: "script", source: "return input.text.length", with: { text: "{{ steps.make.output.text }}" } },
    },
    { inputs: [{ key: "bytes", type: "number", required: true }] },
  ),
  playbookOf("signal", ["wait"], { wait: { kind: "wait", signal: "go", next: ["done"] }, done: { kind: "end", outcome: "{{ x }}" } }),
  playbookOf(
    "later-signal",
    ["read"],
    { read: action("read", "/before-signal", ["wait"]), wait: { kind: "wait", signal: "go" } },
    { outputs: [{ key: "n", value: "{{ steps.wait.output.data.n }}" }] },
  ),
  playbookOf("signal-later", ["wait"], { wait: { kind: "wait", signal: "go" } }),
  playbookOf("fan", ["each"], { each: action("read", "/fan", [], { forEach: { items: Array.from({ length: 40 }, (_, index) => index), concurrency: 40 } }) }),
  playbookOf("quick", ["set"], { set: { kind: "set", values: { n: 1 } } }),
];

let service: Service;
let on: EngineOnDisk;

beforeAll(async () => {
  service = await startService();
  on = new EngineOnDisk(callerOf(service.url), playbooks, { outputBytes: 200_000, callDepth: 5 });
  await on.open();
});
afterAll(async () => {
  await on.remove();
  await service.close();
});

const sentTo = (path: string) => service.requests.filter((each) => each.path === path);
const rowOf = (run: string) => on.database.kysely.selectFrom("runs").selectAll().where("id", "=", run).executeTakeFirstOrThrow();

describe("a run", () => {
  it("goes through every kind of step, and its stored trace folds to its state", async () => {
    const run = await on.finish("kinds", { n: 7 });
    expect(run).toMatchObject({ status: "succeeded", outcome: "all done", outputs: { result: 42 } });
    expect(await on.folded(run.id)).toEqual(await on.engine.run(run.id));
    const trace = await on.trace(run.id);
    expect(trace.map((event) => event.seq)).toEqual(trace.map((_, index) => index + 1));
    expect(await rowOf(run.id)).toMatchObject({ status: "succeeded", outcome: "all done", last_seq: trace.length, in_flight: 0, trigger_by: "ana@qrst.com" });
    const child = await on.database.kysely.selectFrom("runs").selectAll().where("parent_run", "=", run.id).executeTakeFirstOrThrow();
    expect(child).toMatchObject({ playbook_id: "child", parent_step: "sub", status: "succeeded" });
    expect(on.problems).toEqual([]);
  });

  it("gives its trace from wherever it is asked, also from within what was stored together", async () => {
    const run = await on.finish("kinds", { n: 7 });
    const trace = await on.trace(run.id);
    for (const from of trace.keys()) expect(await on.engine.trace(run.id, from, 3)).toEqual(trace.slice(from, from + 3));
    expect(await on.engine.trace(run.id, trace.length, 3)).toEqual([]);
  });

  it("retries a failing call, and fails where it stands", async () => {
    const run = await on.finish("retry");
    expect(run).toMatchObject({ status: "failed", error: { code: "unavailable" } });
    expect(await rowOf(run.id)).toMatchObject({ error_code: "unavailable", failed_step: "fail" });
    expect(new Set(sentTo("/fail").map((each) => each.key)).size).toBe(3);
  });

  it("is refused when its input is wrong or its playbook unknown, and nothing is stored", async () => {
    const before = await on.database.kysely.selectFrom("runs").select("id").execute();
    await expect(on.start("kinds", {})).rejects.toMatchObject({ code: "invalid-input", details: { pointer: "/n" } });
    await expect(on.start("kinds", { n: "seven" })).rejects.toMatchObject({ code: "invalid-input" });
    await expect(on.start("nowhere")).rejects.toMatchObject({ code: "unknown-playbook" });
    expect(await on.database.kysely.selectFrom("runs").select("id").execute()).toEqual(before);
  });

  it("is started once for one idempotency key, at once or later", async () => {
    const [one, other] = await Promise.all([on.start("quick", {}, { idempotencyKey: "alert-1" }), on.start("quick", {}, { idempotencyKey: "alert-1" })]);
    expect(other).toBe(one);
    await on.reopen();
    expect(await on.start("quick", {}, { idempotencyKey: "alert-1" })).toBe(one);
  });

  it("knows its case, and hears when the case changes", async () => {
    const run = await on.start("approval", {}, { case: "CASE-1" });
    await on.engine.caseChanged("CASE-1", { id: "CASE-1", title: "Renamed" });
    expect(await on.engine.run(run)).toMatchObject({ case: { title: "Renamed" } });
    expect(await rowOf(run)).toMatchObject({ case_id: "CASE-1" });
    await on.engine.cancel(run, "ana@qrst.com");
  });

  it("goes on when its signal comes", async () => {
    const run = await on.start("signal");
    await on.engine.signal(run, "go", { by: "ana" });
    expect(await on.engine.ended(run)).toMatchObject({ status: "succeeded" });
  });

  it("can be run again from a step after it failed", async () => {
    const failed = await on.finish("retry");
    await expect(on.engine.rerun(failed.id, "nothing", undefined, "ana")).rejects.toMatchObject({ code: "unknown-step" });
    await on.engine.rerun(failed.id, "fail", { path: "/works" }, "ana");
    expect(await on.engine.ended(failed.id)).toMatchObject({ status: "succeeded", error: null });
    expect(await rowOf(failed.id)).toMatchObject({ status: "succeeded", error_code: null, failed_step: null });
  });
});

describe("calls of playbooks", () => {
  it("end in a clear state when a playbook calls itself, or one that is not there", async () => {
    expect(await on.finish("endless")).toMatchObject({ status: "failed", error: { code: "child-run-failed" } });
    expect(await on.finish("no-child")).toMatchObject({ status: "failed", error: { code: "unknown-playbook" } });
  });

  it("are cancelled with their caller", async () => {
    service.hold("/slow-child");
    const run = await on.start("parent");
    await service.asked("/slow-child");
    const child = await on.database.kysely.selectFrom("runs").selectAll().where("parent_run", "=", run).executeTakeFirstOrThrow();
    await on.engine.cancel(run, "ana", "duplicate");
    expect(await on.engine.ended(child.id)).toMatchObject({ status: "cancelled" });
    service.release("/slow-child");
    await expect(on.engine.cancel(run, "ana")).rejects.toMatchObject({ code: "run-ended" });
  });

  it("survive a restart: the child that ended meanwhile is told to its parent", async () => {
    service.hold("/slow-child");
    const before = sentTo("/slow-child").length;
    const run = await on.start("parent");
    await service.asked("/slow-child", before + 1);
    await on.reopen();
    service.release("/slow-child");
    const child = await on.database.kysely.selectFrom("runs").selectAll().where("parent_run", "=", run).executeTakeFirstOrThrow();
    const doubt = await on.seen(child.id, (event) => event.type === "step-in-doubt");
    await on.engine.decideDoubt(child.id, doubt.type === "step-in-doubt" ? doubt.effect : "", "done", { ok: true }, "ana");
    expect(await on.engine.ended(run)).toMatchObject({ status: "succeeded", outcome: "called" });
    const children = await on.database.kysely.selectFrom("runs").selectAll().where("parent_run", "=", run).execute();
    expect(children).toHaveLength(1);
  });
});

describe("a signal that comes before the run waits for it", () => {
  it("is kept over a restart, and refused when the run keeps too many", async () => {
    service.hold("/before-signal");
    const run = await on.start("later-signal");
    await service.asked("/before-signal");
    await on.engine.signal(run, "go", { n: 5 });
    await on.reopen();
    await Promise.all(Array.from({ length: 999 }, () => on.engine.signal(run, "noise", null)));
    await expect(on.engine.signal(run, "noise", null)).rejects.toMatchObject({ code: "queue-full" });
    service.release("/before-signal");
    expect(await on.engine.ended(run)).toMatchObject({ status: "succeeded", outputs: { n: 5 } });
  });
});

describe("a called run, when the process starts again", () => {
  const childOf = (run: string) => on.database.kysely.selectFrom("runs").selectAll().where("parent_run", "=", run).executeTakeFirst();
  const waitingChild = async (playbook: string): Promise<readonly [string, string]> => {
    const run = await on.start(playbook);
    const started = await on.seen(run, (event) => event.type === "child-started");
    const child = started.type === "child-started" ? started.run : "";
    await on.seen(child, (event) => event.type === "ask-opened");
    return [run, child];
  };
  /** What the store holds when the process ends after the caller's commit and before the child's. */
  const endAlone = (run: string) =>
    on.database.kysely.updateTable("runs").set({ status: "cancelled", ended_at: new Date().toISOString(), in_flight: 0 }).where("id", "=", run).execute();

  it("tells its end to a caller that had not heard of it", async () => {
    const [run, child] = await waitingChild("asking-parent");
    expect(await rowOf(run)).toMatchObject({ in_flight: 0, status: "running" });
    const { last_seq } = await rowOf(run);
    await on.engine.cancel(child, "ana");
    expect(await on.engine.ended(run)).toMatchObject({ status: "failed", error: { code: "child-run-cancelled" } });
    await on.database.kysely.deleteFrom("run_events").where("run_id", "=", run).where("seq", ">", last_seq).execute();
    await on.database.kysely.updateTable("runs").set({ status: "running", ended_at: null, last_seq, error_code: null, failed_step: null }).where("id", "=", run).execute();
    await on.reopen();
    expect(await on.engine.ended(run)).toMatchObject({ status: "failed", error: { code: "child-run-cancelled" } });
  });

  it("is cancelled when its caller waits no longer, unless it was to go on by itself", async () => {
    const [run, child] = await waitingChild("asking-parent");
    const [open, awaited] = await waitingChild("asking-parent");
    const [loose, detached] = await waitingChild("detaching-parent");
    expect((await childOf(run))?.id).toBe(child);
    await endAlone(run);
    await endAlone(loose);
    await on.reopen();
    expect(await on.engine.ended(child)).toMatchObject({ status: "cancelled" });
    for (const each of [awaited, detached]) expect(await on.engine.run(each)).toMatchObject({ status: "running" });
    await on.engine.cancel(open, "ana");
    expect(await on.engine.ended(awaited)).toMatchObject({ status: "cancelled" });
    await on.engine.cancel(detached, "ana");
  });
});

describe("asks", () => {
  it("stay open over a restart, take one answer, and check it", async () => {
    const run = await on.start("approval");
    await on.reopen();
    const ask = await on.database.kysely.selectFrom("asks").selectAll().where("run_id", "=", run).executeTakeFirstOrThrow();
    expect(ask).toMatchObject({ state: "open", step: "ask" });
    await expect(on.engine.answer(ask.id, "maybe", {}, "ana")).rejects.toMatchObject({ code: "invalid-answer", details: { pointer: "/answer" } });
    await expect(on.engine.answer(ask.id, "yes", {}, "ana")).rejects.toMatchObject({ code: "invalid-answer", details: { pointer: "/values/why" } });
    const answers = await Promise.allSettled([on.engine.answer(ask.id, "yes", { why: "sure" }, "ana"), on.engine.answer(ask.id, "no", { why: "no" }, "ben")]);
    expect(answers.map((each) => each.status)).toEqual(["fulfilled", "rejected"]);
    expect(answers[1]).toMatchObject({ reason: { code: "ask-closed" } });
    expect(await on.engine.ended(run)).toMatchObject({ outcome: "isolated" });
    expect(await on.database.kysely.selectFrom("asks").selectAll().where("id", "=", ask.id).executeTakeFirst()).toMatchObject({
      state: "answered",
      answer: "yes",
      answered_by: "ana",
    });
  });

  it("expire when their limit passed while nothing ran", async () => {
    const run = await on.start("approval");
    await on.drop();
    on.ahead += 3_600_000;
    await on.open();
    expect(await on.engine.ended(run)).toMatchObject({ outcome: "nobody answered" });
    expect(await on.database.kysely.selectFrom("asks").selectAll().where("run_id", "=", run).executeTakeFirst()).toMatchObject({ state: "expired" });
    expect(await on.database.kysely.selectFrom("timers").selectAll().where("run_id", "=", run).execute()).toEqual([]);
  });

  it("close when their run is cancelled", async () => {
    const run = await on.start("approval");
    await on.engine.cancel(run, "ana");
    expect(await on.database.kysely.selectFrom("asks").selectAll().where("run_id", "=", run).executeTakeFirst()).toMatchObject({ state: "cancelled" });
  });
});

describe("an attempt whose result was lost", () => {
  it("is in doubt when it changes something and may not be sent twice", async () => {
    service.hold("/change");
    const run = await on.start("change");
    await service.asked("/change");
    await on.reopen();
    const doubt = await on.seen(run, (event) => event.type === "step-in-doubt");
    const effect = doubt.type === "step-in-doubt" ? doubt.effect : "";
    expect(await on.database.kysely.selectFrom("doubts").selectAll().where("run_id", "=", run).execute()).toMatchObject([{ id: effect, state: "open" }]);
    await on.reopen();
    expect(await on.engine.run(run)).toMatchObject({ status: "running" });
    await on.engine.decideDoubt(run, effect, "done", { path: "by hand" }, "ana");
    await expect(on.engine.decideDoubt(run, effect, "done", null, "ben")).rejects.toMatchObject({ code: "run-ended" });
    expect(await on.engine.ended(run)).toMatchObject({ outcome: "changed" });
    expect(sentTo("/change")).toHaveLength(1);
    expect(await on.database.kysely.selectFrom("doubts").selectAll().where("run_id", "=", run).execute()).toMatchObject([{ state: "decided", decided_by: "ana" }]);
    service.release("/change");
  });

  it("is sent again under the same key when that is safe", async () => {
    service.hold("/repeat");
    const run = await on.start("repeat");
    await service.asked("/repeat");
    await on.reopen();
    await service.asked("/repeat", 2);
    service.release("/repeat");
    expect(await on.engine.ended(run)).toMatchObject({ status: "succeeded" });
    expect(new Set(sentTo("/repeat").map((each) => each.key))).toEqual(new Set([`${run}/repeat/1`]));
  });

  it("has its sent mark in the trace before it is sent", async () => {
    service.hold("/change");
    const before = sentTo("/change").length;
    const run = await on.start("change");
    await service.asked("/change", before + 1);
    expect((await on.trace(run)).map((event) => event.type)).toEqual(["run-started", "attempt-started", "effect-sent"]);
    service.release("/change");
    await on.engine.ended(run);
  });
});

describe("the store", () => {
  it("takes the turns of many runs in one commit", async () => {
    const before = on.engine.gauges;
    await Promise.all(Array.from({ length: 50 }, () => on.start("quick")));
    const after = on.engine.gauges;
    expect(after.turns - before.turns).toBe(50);
    expect(after.commits - before.commits).toBeLessThan(10);
  });

  it("tells listeners nothing that is not committed", async () => {
    const told: [string, number][] = [];
    const stop = on.engine.subscribe((run, events) => {
      const last = events.at(-1)?.seq ?? 0;
      const row = on.database.raw.prepare<[string], { last_seq: number }>("select last_seq from runs where id = ?").get(run);
      told.push([run, last - (row?.last_seq ?? -1)]);
    });
    await on.finish("kinds", { n: 1 });
    stop();
    expect(told.length).toBeGreaterThan(5);
    expect(told.every(([, ahead]) => ahead === 0)).toBe(true);
  });

  it("keeps a large payload once, by reference, and gives it back", async () => {
    const run = await on.finish("large", { bytes: 50_000 });
    const stored = (await on.trace(run.id)).filter((event) => event.type === "effect-succeeded" || event.type === "step-succeeded");
    expect(stored[0]).toMatchObject({ output: { $payload: { bytes: 50_011 } } });
    const hash = (stored[0] as unknown as { output: { $payload: { hash: string } } }).output.$payload.hash;
    expect(await on.engine.payload(run.id, hash)).toEqual({ text: "x".repeat(50_000) });
    expect(await on.engine.payload("another", hash)).toBeUndefined();
    expect(await on.database.kysely.selectFrom("run_payloads").selectAll().where("run_id", "=", run.id).execute()).toHaveLength(1);
    await on.reopen();
    expect(await on.engine.run(run.id)).toEqual(run);
  });

  it("fails the step whose output is too large", async () => {
    expect(await on.finish("large", { bytes: 300_000 })).toMatchObject({ status: "failed", error: { code: "output-too-large" } });
  });

  it("refuses work with a clear code while somebody else holds it, and goes on with nothing lost when it is free", async () => {
    const small = new EngineOnDisk(callerOf(service.url), playbooks, { storeBusyMs: 20 });
    await small.open();
    service.hold("/repeat");
    const before = sentTo("/repeat").length;
    const run = await small.start("repeat");
    await service.asked("/repeat", before + 1);
    const told: string[] = [];
    const stop = small.engine.subscribe((id) => told.push(id));
    small.database.raw.exec("begin immediate");
    await expect(small.start("quick")).rejects.toMatchObject({ code: "store-unavailable" });
    await expect(small.start("quick")).rejects.toMatchObject({ code: "store-unavailable" });
    expect(small.engine.gauges.storeAvailable).toBe(false);
    service.release("/repeat");
    await service.asked("/repeat", before + 1);
    expect(told).toEqual([]);
    small.database.raw.exec("rollback");
    expect(await small.engine.ended(run)).toMatchObject({ status: "succeeded" });
    stop();
    expect(await small.finish("quick")).toMatchObject({ status: "succeeded" });
    expect(small.problems[0]).toContain("store-unavailable");
    expect(small.problems.at(-1)).toContain("store-available");
    expect(await small.database.kysely.selectFrom("runs").select("playbook_id").execute()).toHaveLength(2);
    await small.remove();
  });
});

describe("limits", () => {
  it("keep the calls of one connection to ten at once, and all are made", async () => {
    service.hold("/fan");
    const run = await on.start("fan");
    await service.asked("/fan", 10);
    expect(on.engine.gauges).toMatchObject({ calls: 10, callsQueued: 30 });
    service.release("/fan");
    expect(await on.engine.ended(run)).toMatchObject({ status: "succeeded" });
    expect(sentTo("/fan")).toHaveLength(40);
  });

  it("let a run pass that has one call while another has thousands waiting for the same connection", async () => {
    const many = Array.from(
      { length: 30 },
      (_, index) => [`each${index}`, action("read", "/many", [], { forEach: { items: Array.from({ length: 100 }, (_, item) => item), concurrency: 100 } })] as const,
    );
    const busy = new EngineOnDisk(callerOf(service.url), [
      ...playbooks,
      playbookOf(
        "many",
        many.map(([id]) => id),
        Object.fromEntries(many),
      ),
      playbookOf("few", ["one"], { one: action("read", "/few") }),
    ]);
    await busy.open();
    service.hold("/many");
    const run = await busy.start("many");
    await service.asked("/many", 10);
    expect(busy.engine.gauges.callsQueued).toBe(2_990);
    const few = await busy.start("few");
    service.release("/many");
    expect(await busy.engine.ended(few)).toMatchObject({ status: "succeeded" });
    expect(sentTo("/many").length).toBeLessThan(200);
    expect(await busy.engine.ended(run)).toMatchObject({ status: "succeeded" });
    expect(sentTo("/many")).toHaveLength(3_000);
    await busy.remove();
  });

  it("give a run that always has something to take in no more turns than another", async () => {
    const busy = await on.start("signal-later");
    const told = Array.from({ length: 900 }, (_, index) => on.engine.signal(busy, "noise", index));
    const order: string[] = [];
    const stop = on.engine.subscribe((run) => order.push(run));
    const quick = await on.start("quick");
    await Promise.all(told);
    stop();
    expect(order.indexOf(quick)).toBeLessThan(2);
    expect(order.filter((run) => run === busy).length).toBeGreaterThan(1);
    await on.engine.cancel(busy, "ana");
  });

  it("refuse a start when too much is waiting", async () => {
    const small = new EngineOnDisk(callerOf(service.url), playbooks, { queued: 20 });
    await small.open();
    service.hold("/fan");
    const run = await small.start("fan");
    await service.asked("/fan", 50);
    await expect(small.start("quick")).rejects.toMatchObject({ code: "queue-full" });
    service.release("/fan");
    await small.engine.ended(run);
    await small.start("quick");
    await small.remove();
  });

  it("keep waiting runs out of memory, and fold them again when they are needed", async () => {
    const small = new EngineOnDisk(callerOf(service.url), playbooks, { idleInMemory: 2 });
    await small.open();
    const runs = await Promise.all(Array.from({ length: 20 }, () => small.start("approval")));
    expect(small.engine.gauges.inMemory).toBe(2);
    const asks = await small.database.kysely.selectFrom("asks").selectAll().execute();
    await Promise.all(asks.map((ask) => small.engine.answer(ask.id, "no", { why: "x" }, "ana")));
    for (const run of runs) expect((await small.engine.run(run))?.status).toBe("succeeded");
    await small.remove();
  });
});

describe("stopping", () => {
  it("waits for what was sent, and keeps its result", async () => {
    service.hold("/change");
    const before = sentTo("/change").length;
    const run = await on.start("change");
    await service.asked("/change", before + 1);
    const stopped = on.engine.stop({ drainMs: 5_000 });
    await expect(on.start("quick")).rejects.toMatchObject({ code: "stopped" });
    service.release("/change");
    await stopped;
    await on.database.close();
    await on.open();
    const state = await on.engine.ended(run);
    expect(state).toMatchObject({ status: "succeeded", outcome: "changed" });
    expect(sentTo("/change")).toHaveLength(before + 1);
  });
});
