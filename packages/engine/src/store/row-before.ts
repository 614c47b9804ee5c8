import type { StartRequest } from "../ports.ts";
import type { RunRow } from "./tables.ts";

/** The row of a run that is about to start; `under` is the step that called it. */
export function rowBefore(id: string, version: number, request: StartRequest, startKey: string | null, under: { readonly run: string; readonly step: string } | null): RunRow {
  return {
    id,
    playbook_id: request.playbook,
    playbook_version: version,
    status: "running",
    outcome: null,
    case_id: request.case ?? null,
    parent_run: under?.run ?? null,
    parent_step: under?.step ?? null,
    trigger_kind: request.trigger.kind,
    trigger_by: request.trigger.by ?? null,
    started_at: "",
    ended_at: null,
    last_seq: 0,
    in_flight: 0,
    error_code: null,
    failed_step: null,
    start_key: startKey,
  };
}
