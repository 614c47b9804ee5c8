import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CuttingProxy } from "../testing/cutting-proxy.ts";
import { EnginesOnPostgres } from "../testing/engines-on-postgres.ts";
import { postgresServer } from "../testing/fresh-postgres.ts";
import { playbookOf } from "../testing/playbook-of.ts";
import { callerOf, type Service, startService } from "../testing/service.ts";

const playbooks = [
  playbookOf("waiting", ["wait"], { wait: { kind: "wait", signal: "never" } }),
  playbookOf("change", ["change"], { change: { kind: "action", action: "test.change", with: { path: "/change" } } }),
];

describe.skipIf(postgresServer === undefined)("a commit whose answer is lost, on PostgreSQL (DRAWBRIDGE_TEST_DATABASE_URL)", () => {
  let service: Service;
  let on: EnginesOnPostgres;
  beforeAll(async () => {
    service = await startService();
    on = new EnginesOnPostgres(callerOf(service.url), playbooks, {}, ["server"]);
    await on.open();
  });
  afterAll(async () => {
    await on.remove();
    await service.close();
  });

  it("is waited for while PostgreSQL is still about it", async () => {
    await on.database.pool.query(`create function dawdle() returns trigger language plpgsql as 'begin perform pg_sleep(1.5); return null; end';
      create constraint trigger dawdle after insert on run_events deferrable initially deferred for each row execute function dawdle()`);
    const proxy = new CuttingProxy(on.database.url);
    const far = await on.add("server", await proxy.open());
    const cut = proxy.cutCommit("after", "run-started");
    const started = far.start({ playbook: "waiting", input: {}, trigger: { kind: "manual" } });
    await cut;
    proxy.closed = false;
    const { run } = await started;
    expect(await on.engine.run(run)).toMatchObject({ status: "running" });
    await on.database.pool.query("drop trigger dawdle on run_events");
    await on.leave(far);
    await proxy.close();
  });

  it("is not taken for one in which another process stored the very same", async () => {
    const proxy = new CuttingProxy(on.database.url);
    const far = await on.add("worker", await proxy.open());
    const cut = proxy.cutCommit("before", "effect-sent");
    const run = await on.start("change");
    await cut;
    await on.add("worker");
    expect(await on.engine.ended(run)).toMatchObject({ status: "succeeded" });
    proxy.closed = false;
    await on.leave(far, 10_000);
    expect(service.requests.filter(({ path }) => path === "/change")).toHaveLength(1);
    expect((await on.trace(run)).filter(({ type }) => type === "effect-sent")).toHaveLength(1);
    await proxy.close();
  });
});
