import type { StoreMigration } from "@drawbridge/engine/embedded";
import { sql } from "kysely";

const statements = [
  `create table run_inputs (run_id text primary key not null, text text not null)`,
  `create index runs_by_error on runs (error_code, id) where error_code is not null`,
  `create index runs_by_failed_step on runs (failed_step, id) where failed_step is not null`,
  `create table run_views (id text primary key not null, person_id text not null, name text not null, query text not null)`,
  `create index run_views_by_person on run_views (person_id)`,
];

/** What runs were started with, as text to search; searches that people have saved. */
export const runSearch: StoreMigration = {
  name: "server-0008-run-search",
  up: async (db) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
