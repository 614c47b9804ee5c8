import { firstRunIdAt } from "@drawbridge/engine/embedded";
import type { RunSummary } from "@drawbridge/protocol";
import { type RawBuilder, sql } from "kysely";
import { anywhere } from "../store/like.ts";
import type { Store } from "../store/store.ts";

export interface RunFilters {
  readonly playbook?: string | undefined;
  readonly status?: RunSummary["status"] | undefined;
  readonly attention?: "in-doubt" | "asks" | undefined;
  readonly caseId?: string | undefined;
  readonly search?: string | undefined;
  readonly failedStep?: string | undefined;
  readonly errorCode?: string | undefined;
  readonly input?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly after?: string | undefined;
}

/** A run may begin so much later than its id was made. */
const queuedMs = 3_600_000;

/** Runs narrowed down by what has an index; what the slices of a search are cut from. */
export function indexedRuns(store: Store, { playbook, caseId, failedStep, errorCode, from, to, after }: RunFilters) {
  return store.sql
    .selectFrom("runs")
    .$if(Boolean(playbook), (runs) => runs.where("runs.playbook_id", "=", playbook ?? ""))
    .$if(Boolean(caseId), (runs) => runs.where("runs.case_id", "=", caseId ?? ""))
    .$if(Boolean(failedStep), (runs) => runs.where("runs.failed_step", "=", failedStep ?? ""))
    .$if(Boolean(errorCode), (runs) => runs.where("runs.error_code", "=", errorCode ?? ""))
    .$if(from !== undefined, (runs) => runs.where("runs.id", ">=", firstRunIdAt(Date.parse(from ?? "") - queuedMs)))
    .$if(to !== undefined, (runs) => runs.where("runs.id", "<", firstRunIdAt(Date.parse(to ?? "") + 1)))
    .$if(after !== undefined, (runs) => runs.where("runs.id", ">", after ?? ""));
}

/** The runs that match, of those that are visible. */
export function matchingRuns(store: Store, visible: RawBuilder<boolean>, filters: RunFilters) {
  const { status, attention, search, input, from, to } = filters;
  const words = anywhere(search ?? "");
  const needle = (input ?? "").toLowerCase();
  const holds = store.dialect === "sqlite" ? sql.raw("instr") : sql.raw("strpos");
  return indexedRuns(store, filters)
    .where(visible)
    .$if(status !== undefined, (runs) => runs.where("runs.status", "=", status ?? "running"))
    .$if(from !== undefined, (runs) => runs.where("runs.started_at", ">=", new Date(from ?? "").toISOString()))
    .$if(to !== undefined, (runs) => runs.where("runs.started_at", "<=", new Date(to ?? "").toISOString()))
    .$if(Boolean(search), (runs) =>
      runs.where(
        sql<boolean>`(runs.id like ${words} escape '\\' or lower(coalesce(runs.case_id, '')) like ${words} escape '\\' or lower(coalesce(runs.outcome, '')) like ${words} escape '\\'
          or runs.playbook_id in (select id from playbooks where lower(name) like ${words} escape '\\' or id like ${words} escape '\\'))`,
      ),
    )
    .$if(needle !== "", (runs) => runs.where(sql<boolean>`exists (select 1 from run_inputs where run_inputs.run_id = runs.id and ${holds}(run_inputs.text, ${needle}) > 0)`))
    .$if(attention === "in-doubt", (runs) => runs.where("runs.id", "in", store.sql.selectFrom("doubts").select("run_id").where("state", "=", "open")))
    .$if(attention === "asks", (runs) => runs.where("runs.id", "in", store.sql.selectFrom("asks").select("run_id").where("state", "=", "open")));
}
