import type { StoreMigration } from "@drawbridge/engine/embedded";
import { sql } from "kysely";

/** What is kept of a playbook's runs, and how many calls they make at once. The id `*` is for all playbooks. */
export const settings: StoreMigration = {
  name: "server-0003-settings",
  up: async (db) => {
    await sql.raw("create table playbook_settings (playbook_id text primary key not null, keep_days integer, keep_runs integer, calls_at_once integer)").execute(db);
  },
};
