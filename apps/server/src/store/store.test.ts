import { freshPostgres, postgresServer } from "@drawbridge/engine/testing";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { gate } from "../testing/gate.ts";
import { openStore, type OpenStore } from "./open-store.ts";
import type { Store } from "./store.ts";

const add = (store: Store, name: string, value = 1) => store.run(store.sql.insertInto("counters").values({ name, value }));
const valueOf = async (store: Store, name: string) => (await store.first(store.sql.selectFrom("counters").select("value").where("name", "=", name)))?.value;
const increase = async (store: Store, name: string) => {
  const value = (await valueOf(store, name)) ?? 0;
  await new Promise(setImmediate);
  await store.run(
    store.sql
      .updateTable("counters")
      .set({ value: value + 1 })
      .where("name", "=", name),
  );
};

if (postgresServer === undefined) console.log("The store is not tested on PostgreSQL: DRAWBRIDGE_TEST_DATABASE_URL is not set.");

describe.each(postgresServer === undefined ? (["sqlite"] as const) : (["sqlite", "postgres"] as const))("a store in %s", (kind) => {
  let home: string;
  let opened: OpenStore;
  let store: Store;
  let url: string | null = null;
  let drop = (): Promise<void> => Promise.resolve();

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "drawbridge-test-"));
    if (kind === "postgres") ({ url, drop } = await freshPostgres());
    opened = await openStore(home, url, () => undefined);
    store = opened.store;
  });
  beforeEach(() => store.run(store.sql.deleteFrom("counters")));
  afterAll(async () => {
    await opened.close();
    await drop();
    await rm(home, { recursive: true, force: true });
  });

  it("keeps nothing of a transaction that fails, nor of those within it", async () => {
    const failing = store.atomically(async () => {
      await add(store, "outer");
      await store.atomically(() => add(store, "inner"));
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await store.all(store.sql.selectFrom("counters").selectAll())).toEqual([]);
  });

  it("shows a reader outside nothing that is not committed, and the one inside all of it", async () => {
    const [written, looked] = [gate(), gate()];
    const writing = store.atomically(async () => {
      await add(store, "hidden");
      expect(await valueOf(store, "hidden")).toBe(1);
      written.open();
      await looked.opened;
    });
    await written.opened;
    expect(await valueOf(store, "hidden")).toBeUndefined();
    looked.open();
    await writing;
    expect(await valueOf(store, "hidden")).toBe(1);
  });

  it("keeps a write from outside out of a transaction under way", async () => {
    const [begun, go] = [gate(), gate()];
    const failing = store.atomically(async () => {
      await add(store, "inside");
      begun.open();
      await go.opened;
      throw new Error("no");
    });
    await begun.opened;
    const outside = add(store, "outside");
    go.open();
    await expect(failing).rejects.toThrow("no");
    expect(await outside).toBe(1);
    expect(await store.all(store.sql.selectFrom("counters").select("name"))).toEqual([{ name: "outside" }]);
  });

  it("does not take what is begun in a transaction and goes on after it for a part of it", async () => {
    const [ended, done] = [gate(), gate()];
    await store.atomically(async () => {
      void ended.opened.then(() => add(store, "late")).then(done.open);
      await add(store, "early");
    });
    ended.open();
    await done.opened;
    expect(await valueOf(store, "late")).toBe(1);
  });

  it("lets those who hold a name go one after the other", async () => {
    await add(store, "count", 0);
    const one = () =>
      store.atomically(async () => {
        await store.lock("count");
        await increase(store, "count");
      });
    await Promise.all(Array.from({ length: 20 }, one));
    expect(await valueOf(store, "count")).toBe(20);
  });

  it("finds letters of every alphabet in whichever case they are", async () => {
    const lower = await store.first(store.sql.selectNoFrom(sql<string>`lower(${"ÄÖÉ Ünal"})`.as("text")));
    expect(lower?.text).toBe("äöé ünal");
  });

  it("refuses what a newer version of the program has written", async () => {
    const { kysely } = opened.database;
    await sql`insert into kysely_migration (name, timestamp) values ('server-9999-later', '2100')`.execute(kysely);
    await expect(openStore(home, url, () => undefined)).rejects.toThrow("newer version of Drawbridge");
    await sql`delete from kysely_migration where name = 'server-9999-later'`.execute(kysely);
  });
});
