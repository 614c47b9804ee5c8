/** The columns of the rows that a turn inserts, in the order of their tables. */
export const runColumns = [
  "id",
  "playbook_id",
  "playbook_version",
  "status",
  "outcome",
  "case_id",
  "parent_run",
  "parent_step",
  "trigger_kind",
  "trigger_by",
  "started_at",
  "ended_at",
  "last_seq",
  "in_flight",
  "error_code",
  "failed_step",
  "start_key",
] as const;
export const askColumns = ["id", "run_id", "step", "case_id", "ask", "opened_at", "until", "state", "answer", "answered_by", "closed_at"] as const;
export const doubtColumns = ["id", "run_id", "step", "raised_at", "state", "decided_by", "closed_at"] as const;
