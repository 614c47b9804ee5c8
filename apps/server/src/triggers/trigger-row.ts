/** A webhook or a schedule. `inputs`, `signature` and `last_error` are JSON; `next_at` is set while a schedule is on. */
export interface TriggerRow {
  id: string;
  kind: "webhook" | "schedule";
  name: string;
  playbook_id: string;
  enabled: number;
  disabled_reason: string | null;
  inputs: string | null;
  /** SHA-256 of the token in the address; the token itself is not kept. */
  token_hash: string | null;
  token_hint: string | null;
  signature: string | null;
  /** The signature's secret, encrypted. */
  sealed: string | null;
  per_minute: number | null;
  cron: string | null;
  zone: string | null;
  missed: "skip" | "once" | "all" | null;
  next_at: string | null;
  claimed_until: string | null;
  last_fired_at: string | null;
  last_run: string | null;
  last_error: string | null;
  created_at: string;
  created_by: string;
}
