import type { StoreMigration } from "@drawbridge/engine/embedded";
import { sql } from "kysely";

const statements = [
  `create table playbook_drafts (playbook_id text not null, person text not null, document text not null, base integer not null, at text not null, primary key (playbook_id, person))`,
  `insert into playbook_drafts (playbook_id, person, document, base, at)
    select id, coalesce(draft_by, updated_by), draft, live, updated_at from playbooks where live is not null and draft is not null and deleted = 0`,
  `update playbooks set draft = null, draft_by = null where live is not null`,
  `alter table playbooks drop column etag`,
];

/** A draft for each person; what was the one draft of a published playbook is its last editor's. */
export const drafts: StoreMigration = {
  name: "server-0005-drafts",
  up: async (db) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
