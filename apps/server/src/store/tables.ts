import type { EngineTables } from "@drawbridge/engine/embedded";
import type { Role } from "@drawbridge/protocol";
import type { TriggerRow } from "../triggers/trigger-row.ts";

/** The server's tables beside the engine's. Times are ISO 8601, lists and objects JSON text, truths 0 or 1. */
export interface ServerTables extends EngineTables {
  people: PersonRow;
  sessions: SessionRow;
  playbooks: PlaybookRow;
  playbook_versions: PlaybookVersionRow;
  playbook_drafts: PlaybookDraftRow;
  playbook_tags: { playbook_id: string; tag: string };
  playbook_connections: { playbook_id: string; connection: string };
  playbook_actions: { playbook_id: string; action: string };
  playbook_calls: { playbook_id: string; called: string };
  connections: ConnectionRow;
  cases: CaseRow;
  case_members: { case_id: string; email: string };
  case_links: { case_id: string; other: string };
  case_slas: { id: string; case_id: string; position: number; body: string; running: number };
  case_file_events: { case_id: string; id: string; body: string; at: string };
  case_evidence: CaseEvidenceRow;
  case_entries: CaseEntryRow;
  case_reports: { id: string; case_id: string; title: string; at: string; by: string; model: string; html: string };
  case_receipts: { key: string; case_id: string; output: string };
  run_children: { run_id: string; step: string; case_id: string };
  alert_triggers: { playbook_id: string; connection: string; since: string };
  alerts_seen: { connection: string; alert_id: string; playbook_id: string; run_id: string; at: string };
  /** The values that a run was started with, in lower case, one a line. */
  run_inputs: { run_id: string; text: string };
  /** `document` is a `Scenario` as JSON. */
  playbook_scenarios: { id: string; playbook_id: string; name: string; document: string; at: string; by: string; run_id: string | null };
  /** `query` is a `RunQuery` as JSON. */
  run_views: { id: string; person_id: string; name: string; query: string };
  triggers: TriggerRow;
  audit: { seq: number; at: string; who: string; what: string; details: string; hash: string };
  playbook_settings: { playbook_id: string; keep_days: number | null; keep_runs: number | null; calls_at_once: number | null };
  counters: { name: string; value: number };
  /** A known text, sealed with the key of this database. */
  key_check: { id: string; sealed: string };
  /** Requests in a window that ends at `resets_at`, epoch ms. */
  rate_hits: { id: string; hits: number; resets_at: number };
  /** Where the sample world is served for other processes, and the sealed token that they need. */
  sample_world: { id: string; url: string; sealed: string };
}

export interface PersonRow {
  id: string;
  email: string;
  name: string;
  role: Role;
  password_hash: string;
  /** Alert types whose cases are this person's, and whether the person is on call. */
  alert_types: string;
  on_call: number;
}

/** `token_hash` is SHA-256 of the cookie's token. */
export interface SessionRow {
  token_hash: string;
  person_id: string;
  csrf: string;
  created_at: string;
  seen_at: string;
}

/** Everything that the library lists, computed when the document is saved. */
export interface PlaybookRow {
  id: string;
  name: string;
  description: string;
  tags: string;
  live: number | null;
  last_version: number;
  /** Until a first version is live: the document that everybody edits, and who saved it last. */
  draft: string | null;
  draft_by: string | null;
  updated_at: string;
  updated_by: string;
  steps: number;
  integrations: string;
  search: string;
  errors: number;
  warnings: number;
  shipped: number;
  shipped_hash: string | null;
  deleted: number;
  /** Of the live version: the keys of its inputs, the playbooks that it calls, and whether it has triggers. */
  inputs: string;
  calls: string;
  triggers: number;
}

export interface PlaybookVersionRow {
  playbook_id: string;
  version: number;
  document: string;
  at: string;
  by: string;
  note: string;
  /** `VersionSize` as JSON; null of a first version, and of those that are older than it. */
  size: string | null;
}

/** What a person has made of a published playbook, from the version `base` on. */
export interface PlaybookDraftRow {
  playbook_id: string;
  person: string;
  document: string;
  base: number;
  at: string;
}

/** `sealed` holds the secret settings, encrypted. */
export interface ConnectionRow {
  id: string;
  integration: string;
  name: string;
  settings: string;
  sealed: string;
  secrets: string;
  allow_private: number;
  enabled: number;
  last_test: string | null;
}

export interface CaseRow {
  id: string;
  type: string;
  title: string;
  subject: string;
  status: "open" | "contained" | "closed";
  severity: "low" | "medium" | "high" | "critical";
  alert_source: string | null;
  alert_id: string | null;
  owner: string | null;
  restricted: number;
  parent: string | null;
  created_at: string;
  closed_at: string | null;
  resolution: string | null;
  /** Name to `{ value, from }`. */
  fields: string;
  search: string;
  /** How many entries, pieces of evidence and reports it has had; ids count on from them. */
  entries: number;
}

export interface CaseEvidenceRow {
  id: string;
  case_id: string;
  kind: "file" | "entry" | "table" | "artifact";
  title: string;
  description: string;
  hash: string | null;
  data: string | null;
  added_at: string;
  provenance: string;
  removed_at: string | null;
}

export interface CaseEntryRow {
  id: string;
  case_id: string;
  at: string;
  kind: "note" | "playbook" | "command" | "system";
  by: string | null;
  text: string;
  run: string | null;
  step: string | null;
  step_name: string | null;
  integration: string | null;
  data: string | null;
  evidence: string | null;
}
