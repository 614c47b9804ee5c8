import type { StoreMigration } from "@drawbridge/engine/embedded";
import { sql } from "kysely";

const statements = [
  `create table key_check (id text primary key not null, sealed text not null)`,
  `create table rate_hits (id text primary key not null, hits integer not null, resets_at bigint not null)`,
  `create table sample_world (id text primary key not null, url text not null, sealed text not null)`,
];

/** What several processes must agree on: the key, who has sent how many requests, and where the sample world is. */
export const processes: StoreMigration = {
  name: "server-0004-processes",
  up: async (db) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
