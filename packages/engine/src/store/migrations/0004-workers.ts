import type { StoreMigration } from "../migrate.ts";

/** Which pools of workers live: `lock` is the advisory lock that their process holds as long as it does. */
export const workers: StoreMigration = {
  name: "engine-0004-workers",
  up: async (db) => {
    await db.schema
      .createTable("engine_workers")
      .ifNotExists()
      .addColumn("id", "text", (column) => column.primaryKey().notNull())
      .addColumn("lock", "integer", (column) => column.notNull())
      .addColumn("since", "text", (column) => column.notNull())
      .execute();
  },
};
