import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EnginesOnPostgres } from "../testing/engines-on-postgres.ts";
import { postgresServer } from "../testing/fresh-postgres.ts";
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
let on: EnginesOnPostgres;

describe.skipIf(postgresServer === undefined)("a run on several processes, on PostgreSQL (DRAWBRIDGE_TEST_DATABASE_URL)", () => {
  beforeAll(async () => {
    service = await startService();
    on = new EnginesOnPostgres(callerOf(service.url), playbooks, { outputBytes: 200_000, callDepth: 5 });
    await on.open();
  });
  afterAll(async () => {
    await on.remove();
    await service.close();
  });

  it("goes through every kind of step, and its stored trace folds to its state", async () => {
    const run = await on.finish("kinds", { n: 7 });
    expect(run).toMatchObject({ status: "succeeded", outcome: "all done", outputs: { result: 42 } });
    expect(await on.folded(run.id)).toEqual(await on.engine.run(run.id));
    const trace = await on.trace(run.id);
    expect(trace.map((event) => event.seq)).toEqual(trace.map((_, index) => index + 1));
    for (const from of trace.keys()) expect(await on.engine.trace(run.id, from, 3)).toEqual(trace.slice(from, from + 3));
    expect(on.problems).toEqual([]);
  });

  it("is heard of in every process, each entry once and in order", async () => {
    const heard = on.engines.map(() => new Map<string, number[]>());
    const stops = on.engines.map((engine, index) =>
      engine.subscribe((run, events) => {
        const known = heard[index]?.get(run) ?? [];
        heard[index]?.set(run, [...known, ...events.map(({ seq }) => seq)]);
      }),
    );
    const runs = await Promise.all(Array.from({ length: 20 }, (_, n) => on.finish("kinds", { n })));
    await Promise.all(on.engines.flatMap((engine) => runs.map((run) => engine.ended(run.id))));
    for (const stop of stops) stop();
    for (const run of runs) for (const each of heard) expect(each.get(run.id)).toEqual(Array.from({ length: run.seq }, (_, index) => index + 1));
    expect(on.problems).toEqual([]);
  });

  it("sends a changing call once, cancels called runs with their caller, and takes answers in any process", async () => {
    const asked = await on.start("asking-parent");
    await on.seen(asked, (event) => event.type === "child-started");
    await on.engines[1]?.cancel(asked, "ana");
    expect((await on.engine.ended(asked)).status).toBe("cancelled");
    const child = await on.database.kysely.selectFrom("runs").selectAll().where("parent_run", "=", asked).executeTakeFirstOrThrow();
    expect((await on.engine.ended(child.id)).status).toBe("cancelled");

    const approval = await on.start("approval");
    const opened = await on.seen(approval, (event) => event.type === "ask-opened");
    if (opened.type !== "ask-opened") throw new Error("no ask");
    await on.engines[2]?.answer(opened.effect, "yes", { why: "because" }, "ana");
    expect((await on.engine.ended(approval)).outcome).toBe("isolated");
    expect(service.requests.filter((each) => each.path === "/approved")).toHaveLength(1);
    await expect(on.engine.answer(opened.effect, "yes", { why: "because" }, "ana")).rejects.toMatchObject({ code: "ask-closed" });
    expect(on.problems).toEqual([]);
  });
});
