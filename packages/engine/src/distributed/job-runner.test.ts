import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { EnginesOnPostgres } from "../testing/engines-on-postgres.ts";
import { postgresServer } from "../testing/fresh-postgres.ts";
import { playbookOf } from "../testing/playbook-of.ts";
import { callerOf, type Service, startService } from "../testing/service.ts";

const read = (path: string) => playbookOf(path.slice(1), ["read"], { read: { kind: "action", action: "test.read", with: { path } } });

describe.skipIf(postgresServer === undefined)("the workers of a process, on PostgreSQL (DRAWBRIDGE_TEST_DATABASE_URL)", () => {
  let service: Service;
  let on: EnginesOnPostgres;
  beforeAll(async () => {
    service = await startService();
    on = new EnginesOnPostgres(callerOf(service.url), [read("/slow"), read("/quick")], {}, ["all"]);
    await on.open();
  });
  afterAll(async () => {
    await on.remove();
    await service.close();
  });

  it("are replaced at once when they give up, while what they have in hand goes on, and leave no job locked", async () => {
    service.hold("/slow");
    const slow = await on.start("slow");
    await service.asked("/slow");
    await on.database.pool.query(`create function refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end';
      create trigger refuse before delete on graphile_worker._private_jobs for each row execute function refuse()`);
    await on.finish("quick");
    await vi.waitUntil(() => on.problems.some((problem) => problem.includes("Failed to complete jobs")), { timeout: 5_000 });
    await on.database.pool.query("drop trigger refuse on graphile_worker._private_jobs");
    await on.finish("quick");
    service.release("/slow");
    expect(await on.engine.ended(slow)).toMatchObject({ status: "succeeded" });
    const jobs = async () => (await on.database.pool.query("select id from graphile_worker.jobs")).rows;
    await vi.waitFor(async () => expect(await jobs()).toEqual([]), { timeout: 10_000 });
    expect(service.requests.filter(({ path }) => path === "/slow")).toHaveLength(1);
  });
});
