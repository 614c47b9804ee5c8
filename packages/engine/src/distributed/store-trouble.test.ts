import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EnginesOnPostgres } from "../testing/engines-on-postgres.ts";
import { postgresServer } from "../testing/fresh-postgres.ts";
import { playbookOf } from "../testing/playbook-of.ts";
import { callerOf } from "../testing/service.ts";
import { isStoreTrouble } from "./store-trouble.ts";

const waiting = playbookOf("waiting", ["wait"], { wait: { kind: "wait", signal: "go" } });

describe("what went wrong with the database", () => {
  it("is its own trouble when nobody gets through, and not when a change or the code is at fault", () => {
    const coded = (code: string, more: object = {}): Error => Object.assign(new Error("no"), { code, ...more });
    const troubles = [
      coded("ECONNRESET"),
      coded("ERR_STREAM_DESTROYED"),
      new Error("timeout exceeded when trying to connect"),
      coded("25P03", { severity: "FATAL" }),
      coded("55000", { severity: "FATAL" }),
    ];
    const faults = [
      coded("ERR_STRING_TOO_LONG"),
      new TypeError("Cannot read properties of undefined (reading 'client')"),
      coded("22021", { severity: "ERROR" }),
      coded("Z_DATA_ERROR"),
    ];
    expect(troubles.map(isStoreTrouble)).toEqual(troubles.map(() => true));
    expect(faults.map(isStoreTrouble)).toEqual(faults.map(() => false));
  });
});

describe.skipIf(postgresServer === undefined)("a turn whose transaction stands in another's way, on PostgreSQL (DRAWBRIDGE_TEST_DATABASE_URL)", () => {
  const on = new EnginesOnPostgres(callerOf("http://127.0.0.1:9"), [waiting], {}, ["server"]);
  beforeAll(() => on.open());
  afterAll(() => on.remove());

  it("is taken again, and whoever asked for it hears nothing of that", async () => {
    const run = await on.start("waiting");
    await on.database.pool.query(`create sequence tries; create function collide() returns trigger language plpgsql as
      'begin if nextval(''tries'') < 3 then raise exception ''deadlock'' using errcode = ''40P01''; end if; return new; end';
      create trigger collide before insert on run_events for each row execute function collide()`);
    await on.engine.signal(run, "go", null);
    expect(await on.engine.ended(run)).toMatchObject({ status: "succeeded" });
    expect((await on.trace(run)).filter(({ type }) => type === "signal-received")).toHaveLength(1);
    expect(on.problems).toEqual([]);
  });

  it("is told at once when the change itself is at fault", async () => {
    const run = await on.start("waiting");
    await on.database.pool.query(`create function refuse() returns trigger language plpgsql as 'begin raise exception ''no'' using errcode = ''22000''; end';
      create trigger refuse before insert on run_events for each row execute function refuse()`);
    await expect(on.engine.signal(run, "go", null)).rejects.toBeInstanceOf(pg.DatabaseError);
  });
});
