import type { StoreMigration } from "@drawbridge/engine/embedded";
import { sql } from "kysely";

/** How much each version changed, for the history; not known of those that are there already. */
export const versionSizes: StoreMigration = {
  name: "server-0007-version-sizes",
  up: async (db) => {
    await sql.raw("alter table playbook_versions add column size text").execute(db);
  },
};
