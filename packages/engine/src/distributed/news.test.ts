import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CuttingProxy } from "../testing/cutting-proxy.ts";
import { EnginesOnPostgres } from "../testing/engines-on-postgres.ts";
import { postgresServer } from "../testing/fresh-postgres.ts";
import { playbookOf } from "../testing/playbook-of.ts";
import { callerOf, type Service, startService } from "../testing/service.ts";
import type { DistributedEngine } from "./distributed-engine.ts";

const playbooks = [
  playbookOf("two-reads", ["one"], {
    one: { kind: "action", action: "test.read", with: { path: "/one" }, next: ["two"] },
    two: { kind: "action", action: "test.read", with: { path: "/two" } },
  }),
  playbookOf("waiting", ["wait"], { wait: { kind: "wait", signal: "go" } }),
];

describe.skipIf(postgresServer === undefined)("news of runs, on PostgreSQL (DRAWBRIDGE_TEST_DATABASE_URL)", () => {
  let service: Service;
  let on: EnginesOnPostgres;
  let proxy: CuttingProxy;
  let far: DistributedEngine;
  beforeAll(async () => {
    service = await startService();
    on = new EnginesOnPostgres(callerOf(service.url), playbooks, {}, ["server"]);
    await on.open();
    proxy = new CuttingProxy(on.database.url);
  });
  afterAll(async () => {
    await on.remove();
    await proxy.close();
    await service.close();
  });

  /** The `seq` of each entry of the run that `far` tells of, until its end. */
  function heardUntilEnd(run: () => string): Promise<number[]> {
    const heard = new Map<string, number[]>();
    return new Promise((resolve) => {
      far.subscribe((id, events) => {
        heard.set(id, [...(heard.get(id) ?? []), ...events.map(({ seq }) => seq)]);
        if (id === run() && events.some(({ type }) => type === "run-succeeded")) resolve(heard.get(id) ?? []);
      });
    });
  }

  it("begin with what others did, however late that is heard of", async () => {
    let run = "";
    far = await on.add("worker", await proxy.open());
    const heard = heardUntilEnd(() => run);
    service.hold("/two");
    proxy.holdBack();
    run = await on.start("two-reads");
    await service.asked("/two");
    proxy.letGo();
    service.release("/two");
    expect(await heard).toEqual((await on.trace(run)).map(({ seq }) => seq));
    expect((await on.engine.ended(run)).status).toBe("succeeded");
  });

  it("are looked for after the session was lost, also of runs not heard of before", async () => {
    await on.leave(far);
    const run = await on.start("waiting");
    const before = (await on.trace(run)).length;
    // Ten seconds before the loss are looked at again.
    await on.database.pool.query("update run_events set at = at - 60000");
    far = await on.add("server", proxy.address);
    const heard = heardUntilEnd(() => run);
    proxy.closed = true;
    proxy.cut();
    await on.engine.signal(run, "go", null);
    await on.engine.ended(run);
    proxy.closed = false;
    const all = (await on.trace(run)).map(({ seq }) => seq);
    expect(await heard).toEqual(all.slice(before));
  });
});
