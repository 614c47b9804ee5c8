import { sql } from "kysely";
import type { StoreMigration } from "../migrate.ts";
import { binaryType } from "./column-types.ts";

/** Runs, their traces, and what lists need of asks, doubts and timers. */
export const runs: StoreMigration = {
  name: "engine-0001-runs",
  up: async (db) => {
    await db.schema
      .createTable("runs")
      .ifNotExists()
      .addColumn("id", "text", (column) => column.primaryKey().notNull())
      .addColumn("playbook_id", "text", (column) => column.notNull())
      .addColumn("playbook_version", "integer", (column) => column.notNull())
      .addColumn("status", "text", (column) => column.notNull())
      .addColumn("outcome", "text")
      .addColumn("case_id", "text")
      .addColumn("parent_run", "text")
      .addColumn("parent_step", "text")
      .addColumn("trigger_kind", "text", (column) => column.notNull())
      .addColumn("trigger_by", "text")
      .addColumn("started_at", "text", (column) => column.notNull())
      .addColumn("ended_at", "text")
      .addColumn("last_seq", "integer", (column) => column.notNull())
      .addColumn("in_flight", "integer", (column) => column.notNull())
      .addColumn("error_code", "text")
      .addColumn("failed_step", "text")
      .addColumn("start_key", "text")
      .execute();
    await db.schema.createIndex("runs_by_playbook").ifNotExists().on("runs").columns(["playbook_id", "id"]).execute();
    await db.schema.createIndex("runs_open").ifNotExists().on("runs").column("id").where(sql.ref("ended_at"), "is", null).execute();
    await db.schema.createIndex("runs_by_case").ifNotExists().on("runs").columns(["case_id", "id"]).where(sql.ref("case_id"), "is not", null).execute();
    await db.schema.createIndex("runs_by_parent").ifNotExists().on("runs").columns(["parent_run", "id"]).where(sql.ref("parent_run"), "is not", null).execute();
    await db.schema.createIndex("runs_by_start_key").ifNotExists().unique().on("runs").column("start_key").where(sql.ref("start_key"), "is not", null).execute();

    await db.schema
      .createTable("run_events")
      .ifNotExists()
      .addColumn("run_id", "text", (column) => column.notNull())
      .addColumn("seq", "integer", (column) => column.notNull())
      .addColumn("last_seq", "integer", (column) => column.notNull())
      .addColumn("at", "bigint", (column) => column.notNull())
      .addColumn("body", binaryType(db), (column) => column.notNull())
      .addColumn("payloads", "text")
      .execute();
    await db.schema.createIndex("run_events_by_run").ifNotExists().unique().on("run_events").columns(["run_id", "seq"]).execute();

    await db.schema
      .createTable("payloads")
      .ifNotExists()
      .addColumn("hash", "text", (column) => column.primaryKey().notNull())
      .addColumn("bytes", "integer", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("run_payloads")
      .ifNotExists()
      .addColumn("run_id", "text", (column) => column.notNull())
      .addColumn("hash", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("run_payloads_key", ["run_id", "hash"])
      .execute();

    await db.schema
      .createTable("asks")
      .ifNotExists()
      .addColumn("id", "text", (column) => column.primaryKey().notNull())
      .addColumn("run_id", "text", (column) => column.notNull())
      .addColumn("step", "text", (column) => column.notNull())
      .addColumn("case_id", "text")
      .addColumn("ask", "text", (column) => column.notNull())
      .addColumn("opened_at", "text", (column) => column.notNull())
      .addColumn("until", "text")
      .addColumn("state", "text", (column) => column.notNull())
      .addColumn("answer", "text")
      .addColumn("answered_by", "text")
      .addColumn("closed_at", "text")
      .execute();
    await db.schema.createIndex("asks_by_run").ifNotExists().on("asks").column("run_id").execute();
    await db.schema.createIndex("asks_open").ifNotExists().on("asks").column("opened_at").where(sql.ref("state"), "=", "open").execute();

    await db.schema
      .createTable("doubts")
      .ifNotExists()
      .addColumn("id", "text", (column) => column.primaryKey().notNull())
      .addColumn("run_id", "text", (column) => column.notNull())
      .addColumn("step", "text", (column) => column.notNull())
      .addColumn("raised_at", "text", (column) => column.notNull())
      .addColumn("state", "text", (column) => column.notNull())
      .addColumn("decided_by", "text")
      .addColumn("closed_at", "text")
      .execute();
    await db.schema.createIndex("doubts_by_run").ifNotExists().on("doubts").column("run_id").execute();

    await db.schema
      .createTable("timers")
      .ifNotExists()
      .addColumn("id", "text", (column) => column.primaryKey().notNull())
      .addColumn("run_id", "text", (column) => column.notNull())
      .addColumn("at", "bigint", (column) => column.notNull())
      .execute();
    await db.schema.createIndex("timers_by_run").ifNotExists().on("timers").column("run_id").execute();
  },
};
