import type { StoreMigration } from "../migrate.ts";
import { binaryType } from "./column-types.ts";

/** States of long runs, so that a load need not fold the whole trace. */
export const runSnapshots: StoreMigration = {
  name: "engine-0002-run-snapshots",
  up: async (db) => {
    await db.schema
      .createTable("run_snapshots")
      .ifNotExists()
      .addColumn("run_id", "text", (column) => column.primaryKey().notNull())
      .addColumn("seq", "integer", (column) => column.notNull())
      .addColumn("format", "integer", (column) => column.notNull())
      .addColumn("state", binaryType(db), (column) => column.notNull())
      .execute();
  },
};
