import { awaitedEffect, itemsOf, stepOf, type TraceEvent } from "@drawbridge/interpreter";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ActionCaller } from "../ports.ts";
import { EngineOnDisk } from "../testing/engine-on-disk.ts";
import { playbookOf } from "../testing/playbook-of.ts";

const length = 10_000;
const stepIds = Array.from({ length }, (_, index) => `s${index}`);

const playbooks = [
  playbookOf("large", ["make"], { make: { kind: "action", action: "test.large", next: ["done"] }, done: { kind: "end", outcome: "never" } }),
  playbookOf(
    "many-items",
    ["each"],
    { each: { kind: "action", action: "test.echo", with: { n: "{{ item }}" }, forEach: { items: "{{ input.items }}", concurrency: 50 } } },
    {
      inputs: [{ key: "items", type: "array" }],
    },
  ),
  playbookOf("many-steps", ["s0"], Object.fromEntries(stepIds.map((id, index) => [id, { kind: "set", values: { at: index }, next: stepIds.slice(index + 1, index + 2) }])), {
    outputs: [{ key: "at", value: "{{ vars.at }}" }],
  }),
  playbookOf("itself", ["sub"], { sub: { kind: "call", playbook: "itself" } }),
  playbookOf("hour", ["wait"], { wait: { kind: "wait", for: "PT1H", next: ["note"] }, note: { kind: "set", values: { done: true } } }),
];

/** Answers at once, as deep in the stack as it is called. */
const actions: ActionCaller = {
  facts: () => ({ effect: "reads", repeatable: true }),
  call: ({ action, input }) => Promise.resolve({ output: action === "test.large" ? { text: "x".repeat(20 * 1024 * 1024) } : (input["n"] ?? null) }),
};

let on: EngineOnDisk;
beforeAll(async () => {
  on = new EngineOnDisk(actions, playbooks);
  await on.open();
});
afterAll(() => on.remove());

/** The trace a page at a time, as a browser reads it. */
async function* pagesOf(run: string, size: number): AsyncGenerator<readonly TraceEvent[]> {
  for (let from = 0; ;) {
    const page = await on.engine.trace(run, from, size);
    if (page.length === 0) return;
    yield page;
    from = page.at(-1)?.seq ?? Infinity;
  }
}

describe("an output of 20 MB", () => {
  it("fails the step by name, and is kept nowhere", async () => {
    const run = await on.finish("large");
    expect(run).toMatchObject({ status: "failed", outcome: null, error: { code: "output-too-large", retryable: false } });
    expect(JSON.stringify(await on.trace(run.id)).length).toBeLessThan(10_000);
    expect(await on.database.kysely.selectFrom("payloads").selectAll().execute()).toEqual([]);
  });
});

describe("a for-each over 50,000 items", () => {
  it("comes to its end, with a trace that is read by pages", async () => {
    const items = Array.from({ length: 50_000 }, (_, index) => index);
    const run = await on.finish("many-items", { items });
    const plan = on.planOf("many-items");
    expect(run.status).toBe("succeeded");
    expect(stepOf(run, plan, "each").items).toEqual({ total: 50_000, running: 0, succeeded: 50_000, failed: 0, inDoubt: 0 });
    expect(itemsOf(run, plan, "each", 49_999, 50_000)).toMatchObject([{ status: "succeeded", output: 49_999, attempts: 1 }]);
    let seq = 0;
    for await (const page of pagesOf(run.id, 20_000)) {
      expect(page.length).toBeLessThanOrEqual(20_000);
      for (const event of page) if (event.seq !== (seq += 1)) throw new Error(`entry ${event.seq} came after ${seq - 1}`);
    }
    expect(seq).toBe(run.seq);
    expect(seq).toBeGreaterThan(150_000);
    expect(on.engine.gauges).toMatchObject({ calls: 0, callsQueued: 0, backlog: 0 });
  }, 60_000);
});

describe("a run of 10,000 steps", () => {
  it("comes to its end, and folds to the same from the store", async () => {
    const run = await on.finish("many-steps");
    expect(run).toMatchObject({ status: "succeeded", outputs: { at: length - 1 } });
    expect(run.seq).toBe(length + 2);
    await on.reopen();
    expect(await on.engine.run(run.id)).toEqual(run);
  }, 60_000);
});

describe("a playbook that calls itself", () => {
  it("fails where the calls are too deep, and so does every caller, saying why", async () => {
    const run = await on.finish("itself");
    expect(run).toMatchObject({ status: "failed", error: { code: "child-run-failed" } });
    const all = await on.database.kysely.selectFrom("runs").select(["id", "parent_run", "status", "error_code"]).where("playbook_id", "=", "itself").orderBy("id").execute();
    expect(all).toHaveLength(21);
    expect(all.every(({ status }) => status === "failed")).toBe(true);
    expect(all.filter(({ error_code }) => error_code === "call-too-deep")).toHaveLength(1);
    const callers = new Set(all.map(({ parent_run }) => parent_run));
    expect(all.find(({ error_code }) => error_code === "call-too-deep")?.id).toBe(all.find(({ id }) => !callers.has(id))?.id);
    expect(run.error?.message).toContain("more than 20 deep");
  });
});

describe("a clock that jumps an hour ahead and back", () => {
  it("fires what is due once, loses nothing, and never sets a run's time back", async () => {
    const early = await Promise.all(Array.from({ length: 20 }, () => on.start("hour")));
    on.ahead = 3_600_000 + 60_000;
    await on.reopen();
    const ended = await Promise.all(early.map((run) => on.engine.ended(run)));
    expect(ended.every(({ status }) => status === "succeeded")).toBe(true);
    const later = await on.start("hour");
    await on.engine.pause(later, "ana");
    on.ahead = 0;
    await on.engine.resume(later, "ana");
    await on.reopen();
    const state = await on.engine.run(later);
    expect(state).toMatchObject({ status: "running" });
    expect(state && awaitedEffect(state, `${later}/wait/1`)).not.toBeNull();
    expect(on.engine.gauges.timers).toBe(1);
    on.ahead = 3 * 3_600_000;
    await on.reopen();
    await on.engine.ended(later);
    for (const run of [...early, later]) {
      const trace = await on.trace(run);
      expect(trace.filter(({ type }) => type === "timer-fired")).toHaveLength(1);
      expect(trace.map(({ at }) => at)).toEqual(trace.map(({ at }) => at).sort((one, other) => one - other));
    }
    expect(on.engine.gauges.timers).toBe(0);
    expect(on.problems).toEqual([]);
  });
});
