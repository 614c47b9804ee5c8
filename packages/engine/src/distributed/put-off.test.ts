import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { EnginesOnPostgres } from "../testing/engines-on-postgres.ts";
import { postgresServer } from "../testing/fresh-postgres.ts";
import { playbookOf } from "../testing/playbook-of.ts";
import { callerOf, type Service, startService } from "../testing/service.ts";

const busy = playbookOf("busy", ["read"], { read: { kind: "action", action: "test.read", with: { path: "/busy" } } });

describe.skipIf(postgresServer === undefined)("calls that find no place, on PostgreSQL (DRAWBRIDGE_TEST_DATABASE_URL)", () => {
  let service: Service;
  let on: EnginesOnPostgres;
  beforeAll(async () => {
    service = await startService();
    on = new EnginesOnPostgres(callerOf(service.url), [busy], { callsPerConnection: 1 }, ["all"]);
    await on.open();
  });
  afterAll(async () => {
    await on.remove();
    await service.close();
  });

  it("are put off for longer each time, and are made in the end, once each", async () => {
    service.hold("/busy");
    const runs = await Promise.all(Array.from({ length: 20 }, () => on.start("busy")));
    const apart = async (putOff: number): Promise<number[]> => {
      const text = "select extract(epoch from run_at - created_at)::float8 as s from graphile_worker._private_jobs where (payload->>'putOff')::int = $1 and locked_at is null";
      return (await on.database.pool.query<{ s: number }>(text, [putOff])).rows.map(({ s }) => s);
    };
    const longest = async (putOff: number): Promise<number> =>
      Math.max(...(await vi.waitUntil(async () => ((await apart(putOff)).length > 5 ? apart(putOff) : null), { timeout: 15_000 })));
    const first = await longest(1);
    expect(await longest(3)).toBeGreaterThan(first);
    service.release("/busy");
    for (const run of runs) expect((await on.engine.ended(run)).status).toBe("succeeded");
    expect(service.requests).toHaveLength(20);
    expect(on.problems).toEqual([]);
  });
});
