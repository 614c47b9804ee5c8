/** The engine's tables as Kysely reads them. Times of lists are ISO 8601; `run_events.at` and `timers.at` are epoch ms. */
export interface EngineTables {
  runs: RunRow;
  run_events: RunEventsRow;
  payloads: { hash: string; bytes: number; body: string };
  run_payloads: { run_id: string; hash: string };
  asks: AskRow;
  doubts: DoubtRow;
  run_snapshots: RunSnapshotRow;
  call_records: CallRecordRow;
  deleted_runs: { id: string; playbook_id: string; case_id: string | null; caller_case: string | null; ended_at: string; deleted_at: string };
  timers: { id: string; run_id: string; at: number };
}

export interface RunRow {
  id: string;
  playbook_id: string;
  playbook_version: number;
  status: "running" | "paused" | "succeeded" | "failed" | "cancelled";
  outcome: string | null;
  case_id: string | null;
  parent_run: string | null;
  parent_step: string | null;
  trigger_kind: string;
  trigger_by: string | null;
  started_at: string;
  ended_at: string | null;
  last_seq: number;
  /** Effects under way that a restart must look after. */
  in_flight: number;
  error_code: string | null;
  failed_step: string | null;
  /** `key/<idempotency key>` or, for a called run, `effect/<id>`. */
  start_key: string | null;
}

/** A burst of entries, `seq` to `last_seq`; `body` is a JSON array, deflated where it is long, `payloads` says which fields are references. */
export interface RunEventsRow {
  run_id: string;
  seq: number;
  last_seq: number;
  at: number;
  body: string | Buffer;
  payloads: string | null;
}

/** The run's state after `seq`, as deflated JSON; `format` is the interpreter's. */
export interface RunSnapshotRow {
  run_id: string;
  seq: number;
  format: number;
  state: Buffer;
}

/** `body` is JSON, deflated where it is long. */
export interface CallRecordRow {
  run_id: string;
  effect: string;
  body: string | Buffer;
}

/** `ask` is the `OpenAsk` as JSON. */
export interface AskRow {
  id: string;
  run_id: string;
  step: string;
  case_id: string | null;
  ask: string;
  opened_at: string;
  until: string | null;
  state: "open" | "answered" | "expired" | "cancelled";
  answer: string | null;
  answered_by: string | null;
  closed_at: string | null;
}

/** The id is the effect's. */
export interface DoubtRow {
  id: string;
  run_id: string;
  step: string;
  raised_at: string;
  state: "open" | "decided" | "cancelled";
  decided_by: string | null;
  closed_at: string | null;
}
