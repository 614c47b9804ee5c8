import { callerOf, freshPostgres, playbookOf, postgresServer, type Service, startService } from "@drawbridge/engine/testing";
import { DistributedEngine } from "@drawbridge/engine/distributed";
import { engineMigrations, migrate, ScriptThreads } from "@drawbridge/engine/embedded";
import { openPostgres } from "@drawbridge/engine/postgres";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createLog } from "../log.ts";
import { Redactor } from "../secrets/redactor.ts";
import { askingPlaybook } from "../testing/documents.ts";
import { publish } from "../testing/publish.ts";
import { type CollectedSpan, type SpanCollector, startSpanCollector } from "../testing/span-collector.ts";
import { startTestServer, type TestClient, type TestServer } from "../testing/test-server.ts";
import { isTracingConfigured } from "./is-tracing-configured.ts";
import { RunTracing } from "./run-tracing.ts";

let collector: SpanCollector;
beforeAll(async () => {
  collector = await startSpanCollector();
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url);
  vi.stubEnv("OTEL_EXPORTER_OTLP_HEADERS", "x-collector-key=of%20ours");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await collector.close();
});

const spansOf = (run: string): readonly CollectedSpan[] => collector.spans.filter((span) => span.attributes["drawbridge.run.id"] === run);
const rootOf = (run: string): CollectedSpan | undefined => spansOf(run).find((span) => span.name.startsWith("run "));
const stepOf = (run: string, step: string): CollectedSpan | undefined => spansOf(run).find((span) => span.attributes["drawbridge.step.id"] === step);
/** Resolves when the span of the run itself, which is sent last, has come so many times. */
const patient = { timeout: 20_000 };
const sent = (run: string, times = 1) => expect.poll(() => spansOf(run).filter((span) => span.name.startsWith("run ")).length, patient).toBe(times);

describe("spans are sent", () => {
  it.each([
    [false, {}],
    [true, { OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4318" }],
    [true, { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://localhost:4318/v1/traces" }],
    [false, { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: "http://localhost:4318/v1/metrics" }],
    [false, { OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4318", OTEL_SDK_DISABLED: "true" }],
    [false, { OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4318", OTEL_TRACES_EXPORTER: "none" }],
  ])("(%s) as the environment says: %j", (expected, environment) => {
    expect(isTracingConfigured(environment)).toBe(expected);
  });
});

describe("the spans of a run", () => {
  let server: TestServer;
  let erik: TestClient;
  const start = async (playbook: string, input = {}) => (await erik.call<{ id: string }>("startRun", { body: { playbook, input } })).id;
  const step = (kind: string, more: object) => ({ kind, name: `The step that is a ${kind}`, ...more });

  beforeAll(async () => {
    server = await startTestServer({ tracing: true });
    erik = await server.as("erik");
    await publish(erik, askingPlaybook());
    await publish(erik, {
      schemaVersion: 1,
      id: "called",
      name: "Called",
      inputs: [{ key: "secret", type: "string" }],
      start: ["open"],
      steps: {
        open: step("action", { action: "cases.open", with: { title: "{{ input.secret }}", type: "Exposure on an endpoint" }, next: ["end"] }),
        end: step("end", { outcome: "opened" }),
      },
    } as never);
    await publish(erik, {
      schemaVersion: 1,
      id: "calling",
      name: "Calling",
      inputs: [{ key: "secret", type: "string" }],
      start: ["sub"],
      outputs: [{ key: "secret", value: "{{ input.secret }}" }],
      steps: {
        sub: step("call", { playbook: "called", with: { secret: "{{ input.secret }}" }, next: ["check"] }),
        check: step("condition", { branches: [{ label: "yes", when: true, next: ["each"] }], otherwise: { next: ["never"] } }),
        never: step("end", { outcome: "never" }),
        each: step("script", { source: "return input.secret.length", with: { secret: "{{ input.secret }}" }, next: ["done"] }),
        done: step("end", { outcome: "called" }),
      },
    } as never);
    await publish(erik, {
      schemaVersion: 1,
      id: "failing",
      name: "Failing",
      start: ["assign"],
      steps: { assign: step("action", { action: "cases.assign", with: { case: "CASE-404", to: "nobody@qrst.com" }, next: ["end"] }), end: step("end", { outcome: "assigned" }) },
    } as never);
  });
  afterAll(() => server.close());

  it("make one trace of a run and what it called, each step under its run", async () => {
    const secret = "a secret that nobody may see";
    const run = await start("calling", { secret });
    await sent(run);
    const root = rootOf(run);
    expect(root).toMatchObject({ name: "run calling", service: "drawbridge" });
    expect(root?.parentSpanId ?? "").toBe("");
    expect(root?.attributes).toMatchObject({
      "drawbridge.playbook.id": "calling",
      "drawbridge.playbook.version": 1,
      "drawbridge.run.status": "succeeded",
      "drawbridge.run.outcome": "called",
      "drawbridge.run.trigger": "manual",
    });
    expect(
      spansOf(run)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["run calling", "step check", "step done", "step each", "step sub"]);
    for (const span of spansOf(run)) if (span !== root) expect(span.parentSpanId).toBe(root?.spanId);
    expect(stepOf(run, "check")?.attributes).toMatchObject({ "drawbridge.step.kind": "condition", "drawbridge.step.way": "branch:yes" });

    const sub = stepOf(run, "sub");
    const called = String(sub?.events.find(({ name }) => name === "called")?.attributes["run"]);
    await sent(called);
    expect(rootOf(called)?.parentSpanId).toBe(sub?.spanId);
    expect(stepOf(called, "open")?.attributes).toMatchObject({ "drawbridge.action": "cases.open", "drawbridge.step.attempts": 1, "drawbridge.step.status": "succeeded" });
    expect(stepOf(called, "open")?.events.map(({ name }) => name)).toEqual(["attempt", "sent"]);
    for (const span of [...spansOf(run), ...spansOf(called)]) {
      expect(span.traceId).toBe(root?.traceId);
      expect(Number(span.endTimeUnixNano)).toBeGreaterThanOrEqual(Number(span.startTimeUnixNano));
    }
    expect(collector.headers.every((headers) => headers["x-collector-key"] === "of ours")).toBe(true);
    for (const body of collector.bodies) for (const word of [secret, "erik@qrst.com", "CASE-"]) expect(body).not.toContain(word);
  });

  it("say what went wrong by its code, and nothing more", async () => {
    const run = await start("failing");
    await sent(run);
    const assign = stepOf(run, "assign");
    expect(rootOf(run)?.status.code).toBe(2);
    expect(assign?.status).toEqual({ code: 2, message: assign?.attributes["error.type"] });
    expect(assign?.events.map(({ name }) => name)).toEqual(["attempt", "sent", "attempt failed"]);
    expect(JSON.stringify(spansOf(run))).not.toContain("nobody@qrst.com");
  });

  it("of each stretch of a run that is run again are others, in the same trace", async () => {
    const run = await start("failing");
    await sent(run);
    await erik.call("rerunRun", { params: { id: run }, body: { step: "assign" } });
    await sent(run, 2);
    expect(spansOf(run)).toHaveLength(4);
    expect(new Set(spansOf(run).map(({ spanId }) => spanId)).size).toBe(4);
    expect(new Set(spansOf(run).map(({ traceId }) => traceId)).size).toBe(1);
  });

  it("come when the run ends, over a restart too, with what was under way as cancelled", async () => {
    const run = await start("asking");
    const anna = await server.as("anna");
    await expect.poll(async () => (await anna.call<{ items: object[] }>("listAsks")).items.length, patient).toBe(1);
    await server.restart();
    expect(spansOf(run)).toEqual([]);
    erik = await server.as("erik");
    await erik.call("cancelRun", { params: { id: run }, body: {} });
    await sent(run);
    expect(rootOf(run)?.attributes).toMatchObject({ "drawbridge.run.status": "cancelled" });
    expect(stepOf(run, "approve")).toMatchObject({ attributes: { "drawbridge.step.status": "cancelled" }, events: [{ name: "asked" }] });
  });

  it("are sent again when the collector was busy", async () => {
    collector.refuse([503]);
    const run = await start("failing");
    await sent(run);
    expect(spansOf(run)).toHaveLength(2);
  });

  it("are not waited for", async () => {
    collector.refuse([400, 400, 400]);
    const run = await start("failing");
    await expect.poll(async () => (await erik.call<{ run: { status: string } }>("getRun", { params: { id: run } })).run.status, patient).toBe("failed");
    const next = await start("calling", { secret: "x" });
    await expect.poll(async () => (await erik.call<{ run: { status: string } }>("getRun", { params: { id: next } })).run.status, patient).toBe("succeeded");
    collector.refuse([]);
  });
});

describe.skipIf(postgresServer === undefined)("runs that several processes carry out, on PostgreSQL (DRAWBRIDGE_TEST_DATABASE_URL)", () => {
  const close: (() => Promise<void>)[] = [];
  let service: Service;
  afterEach(async () => {
    for (const each of close.reverse()) await each();
  });

  it("are sent once, by one of them, as one trace", async () => {
    service = await startService();
    const fresh = await freshPostgres();
    const database = openPostgres(fresh.url, { connections: 2 });
    const scripts = new ScriptThreads();
    close.push(
      () => service.close(),
      fresh.drop,
      () => database.close(),
      () => scripts.close(),
    );
    await migrate(database.kysely, engineMigrations);
    const read = { kind: "action", action: "test.read", with: { path: "/read" } };
    const playbooks = [
      playbookOf("leaf", ["read"], { read }),
      playbookOf("tree", ["one"], { one: { ...read, next: ["each"] }, each: { kind: "call", playbook: "leaf", forEach: { items: [1, 2, 3, 4], concurrency: 4 } } }),
    ];
    const load = (id: string) => {
      const playbook = playbooks.find((each) => each.id === id);
      return Promise.resolve(playbook ? { playbook, version: 1 } : null);
    };
    const log = createLog("silent", new Redactor());
    const engines = await Promise.all(
      (["server", "worker", "worker"] as const).map(async (role) => {
        const tracing = new RunTracing(process.env);
        const host = {
          playbooks: { load },
          actions: callerOf(service.url),
          scripts,
          clock: { now: Date.now },
          caseSnapshot: () => Promise.resolve(null),
          observe: tracing.observer,
        };
        const engine = new DistributedEngine(database, host, { role, connections: 4 });
        tracing.follow({ engine, playbooks: { load }, log });
        close.push(async () => {
          await tracing.close();
          await engine.stop();
        });
        await engine.recover();
        return engine;
      }),
    );
    const [server] = engines;
    if (!server) throw new Error("there is no server");
    const runs = await Promise.all(Array.from({ length: 10 }, async () => (await server.start({ playbook: "tree", input: {}, trigger: { kind: "manual" } })).run));
    for (const run of runs) await server.ended(run);
    const rows = await database.kysely.selectFrom("runs").select(["id", "parent_run"]).execute();
    expect(rows).toHaveLength(50);
    for (const { id } of rows) await sent(id);
    const ids = rows.flatMap(({ id }) => spansOf(id).map(({ spanId }) => spanId));
    expect(ids).toHaveLength(10 * 3 + 40 * 2);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, parent_run: caller } of rows) {
      if (caller === null) continue;
      expect(rootOf(id)).toMatchObject({ traceId: rootOf(caller)?.traceId, parentSpanId: stepOf(caller, "each")?.spanId });
    }
  }, 60_000);
});
