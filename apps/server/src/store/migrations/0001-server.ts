import type { StoreMigration } from "@drawbridge/engine/embedded";
import { sql } from "kysely";

const statements = [
  `create table people (id text primary key not null, email text not null unique, name text not null, role text not null, password_hash text not null,
    alert_types text not null, on_call integer not null)`,
  `create table sessions (token_hash text primary key not null, person_id text not null, csrf text not null, created_at text not null, seen_at text not null)`,

  `create table playbooks (id text primary key not null, name text not null, description text not null, tags text not null, live integer, last_version integer not null,
    draft text, draft_by text, etag text not null, updated_at text not null, updated_by text not null, steps integer not null, integrations text not null, search text not null,
    errors integer not null, warnings integer not null, shipped integer not null, shipped_hash text, deleted integer not null, inputs text not null, calls text not null, triggers integer not null)`,
  `create index playbooks_by_name on playbooks (deleted, name, id)`,
  `create index playbooks_by_update on playbooks (deleted, updated_at, id)`,
  `create index playbooks_triggered on playbooks (id) where triggers = 1`,
  `create table playbook_versions (playbook_id text not null, version integer not null, document text not null, at text not null, "by" text not null, note text not null, primary key (playbook_id, version))`,
  `create table playbook_tags (playbook_id text not null, tag text not null, primary key (playbook_id, tag))`,
  `create index playbook_tags_by_tag on playbook_tags (tag, playbook_id)`,
  `create table playbook_connections (playbook_id text not null, connection text not null, primary key (playbook_id, connection))`,
  `create index playbook_connections_by_connection on playbook_connections (connection)`,

  `create table connections (id text primary key not null, integration text not null, name text not null, settings text not null, sealed text not null, secrets text not null,
    allow_private integer not null, enabled integer not null, last_test text)`,

  `create table cases (id text primary key not null, type text not null, title text not null, subject text not null, status text not null, severity text not null, alert_source text, alert_id text, owner text, restricted integer not null,
    parent text, created_at text not null, closed_at text, resolution text, fields text not null, search text not null, entries integer not null)`,
  `create index cases_by_time on cases (created_at, id)`,
  `create index cases_by_alert on cases (alert_source, alert_id) where alert_id is not null`,
  `create index cases_by_status on cases (status, created_at)`,
  `create index cases_by_parent on cases (parent) where parent is not null`,
  `create table case_members (case_id text not null, email text not null, primary key (case_id, email))`,
  `create index case_members_by_email on case_members (email)`,
  `create table case_links (case_id text not null, other text not null, primary key (case_id, other))`,
  `create table case_slas (id text primary key not null, case_id text not null, position integer not null, body text not null, running integer not null)`,
  `create index case_slas_by_case on case_slas (case_id)`,
  `create index case_slas_running on case_slas (case_id) where running = 1`,
  `create table case_file_events (case_id text not null, id text not null, body text not null, at text not null, primary key (case_id, id))`,
  `create table case_evidence (id text primary key not null, case_id text not null, kind text not null, title text not null, description text not null, hash text, data text, added_at text not null,
    provenance text not null, removed_at text)`,
  `create index case_evidence_by_case on case_evidence (case_id)`,
  `create table case_entries (id text primary key not null, case_id text not null, at text not null, kind text not null, "by" text, text text not null, run text, step text, step_name text, integration text, data text, evidence text)`,
  `create index case_entries_by_case on case_entries (case_id, id)`,
  `create table case_reports (id text primary key not null, case_id text not null, title text not null, at text not null, "by" text not null, model text not null, html text not null)`,
  `create index case_reports_by_case on case_reports (case_id)`,
  `create table case_receipts (key text primary key not null, case_id text not null, output text not null)`,
  `create table run_children (run_id text not null, step text not null, case_id text not null, primary key (run_id, step, case_id))`,
  `create index run_children_by_case on run_children (case_id)`,

  `create table alert_triggers (playbook_id text not null, connection text not null, since text not null, primary key (playbook_id, connection))`,
  `create table alerts_seen (connection text not null, alert_id text not null, playbook_id text not null, run_id text not null, at text not null, primary key (connection, alert_id, playbook_id))`,
  `create table audit (seq integer primary key not null, at text not null, who text not null, what text not null, details text not null, hash text not null)`,
  `create table counters (name text primary key not null, value integer not null)`,
  `create index if not exists doubts_open on doubts (run_id) where state = 'open'`,
];

/** People, sessions, playbooks, connections, cases, alerts seen, and the audit log. */
export const server: StoreMigration = {
  name: "server-0001",
  up: async (db) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
