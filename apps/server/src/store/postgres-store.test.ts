import { freshPostgres, postgresServer } from "@drawbridge/engine/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gate } from "../testing/gate.ts";
import { openStore, type OpenStore } from "./open-store.ts";
import type { Store } from "./store.ts";

const increase = (store: Store, name: string) =>
  store.run(
    store.sql
      .updateTable("counters")
      .set((counter) => ({ value: counter("value", "+", 1) }))
      .where("name", "=", name),
  );

describe.skipIf(postgresServer === undefined)("transactions in PostgreSQL", () => {
  let opened: OpenStore;
  let store: Store;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const fresh = await freshPostgres();
    drop = fresh.drop;
    opened = await openStore("", fresh.url, () => undefined);
    store = opened.store;
  });
  afterAll(async () => {
    await opened.close();
    await drop();
  });

  it("tries transactions again that met each other", async () => {
    for (const name of ["one", "other"]) await store.run(store.sql.insertInto("counters").values({ name, value: 0 }));
    const both = gate();
    let begun = 0;
    const through = (first: string, second: string) =>
      store.atomically(async () => {
        await increase(store, first);
        begun += 1;
        if (begun === 2) both.open();
        await both.opened;
        await increase(store, second);
      });
    await Promise.all([through("one", "other"), through("other", "one")]);
    expect((await store.all(store.sql.selectFrom("counters").select("value"))).map(({ value }) => value)).toEqual([2, 2]);
    expect(begun).toBeGreaterThan(2);
  });
});
