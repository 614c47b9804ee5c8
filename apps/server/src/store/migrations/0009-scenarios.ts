import type { StoreMigration } from "@drawbridge/engine/embedded";
import { sql } from "kysely";

const statements = [
  `create table playbook_scenarios (id text primary key not null, playbook_id text not null, name text not null, document text not null, at text not null, "by" text not null, run_id text)`,
  `create index playbook_scenarios_by_playbook on playbook_scenarios (playbook_id, name)`,
];

/** Scenarios kept with playbooks. */
export const scenarios: StoreMigration = {
  name: "server-0009-scenarios",
  up: async (db) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
