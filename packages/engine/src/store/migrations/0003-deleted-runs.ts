import type { StoreMigration } from "../migrate.ts";

/** What is left of a run that was deleted, and how its payloads are found to be nobody's. */
export const deletedRuns: StoreMigration = {
  name: "engine-0003-deleted-runs",
  up: async (db) => {
    await db.schema
      .createTable("deleted_runs")
      .ifNotExists()
      .addColumn("id", "text", (column) => column.primaryKey().notNull())
      .addColumn("playbook_id", "text", (column) => column.notNull())
      .addColumn("case_id", "text")
      .addColumn("caller_case", "text")
      .addColumn("ended_at", "text", (column) => column.notNull())
      .addColumn("deleted_at", "text", (column) => column.notNull())
      .execute();
    await db.schema.createIndex("run_payloads_by_hash").ifNotExists().on("run_payloads").column("hash").execute();
  },
};
