import type { StoreMigration } from "@drawbridge/engine/embedded";
import { sql } from "kysely";

const statements = [
  `create table triggers (id text primary key not null, kind text not null, name text not null, playbook_id text not null, enabled integer not null, disabled_reason text, inputs text,
    token_hash text, token_hint text, signature text, sealed text, per_minute integer, cron text, zone text, missed text, next_at text, claimed_until text,
    last_fired_at text, last_run text, last_error text, created_at text not null, created_by text not null)`,
  `create unique index triggers_by_token on triggers (token_hash) where token_hash is not null`,
  `create index triggers_due on triggers (next_at) where next_at is not null`,
  `create index triggers_by_playbook on triggers (playbook_id, id)`,
];

/** Webhooks and schedules that start runs. */
export const triggers: StoreMigration = {
  name: "server-0002-triggers",
  up: async (db) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
