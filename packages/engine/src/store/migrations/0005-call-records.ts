import type { StoreMigration } from "../migrate.ts";
import { binaryType } from "./column-types.ts";

/** What calls tell of themselves beside their results: lines of their log, and what went over the wire. */
export const callRecords: StoreMigration = {
  name: "engine-0005-call-records",
  up: async (db) => {
    await db.schema
      .createTable("call_records")
      .ifNotExists()
      .addColumn("run_id", "text", (column) => column.notNull())
      .addColumn("effect", "text", (column) => column.notNull())
      .addColumn("body", binaryType(db), (column) => column.notNull())
      .addPrimaryKeyConstraint("call_records_key", ["run_id", "effect"])
      .execute();
  },
};
