import type { RunSummary } from "@drawbridge/protocol";
import { sql } from "kysely";
import { caseVisible, runVisible } from "../access/visible.ts";
import type { Viewer } from "../access/viewer.ts";
import { notFound, ProblemError } from "../problem-error.ts";
import type { Store } from "../store/store.ts";

/** Runs as lists show them. */
export class RunViews {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Summaries in the order of the ids, which is that of time. Who may see them is asked elsewhere. */
  async summaries(ids: readonly string[]): Promise<RunSummary[]> {
    if (ids.length === 0) return [];
    const rows = await this.#store.all(
      this.#store.sql
        .selectFrom("runs")
        .leftJoin("playbooks", "playbooks.id", "runs.playbook_id")
        .selectAll("runs")
        .select([
          "playbooks.name as playbook_name",
          sql<number>`(select count(*) from asks where asks.run_id = runs.id and asks.state = 'open')`.as("open_asks"),
          sql<number>`(select count(*) from doubts where doubts.run_id = runs.id and doubts.state = 'open')`.as("in_doubt"),
        ])
        .where("runs.id", "in", ids)
        .orderBy("runs.id"),
    );
    return rows.map((row) => ({
      id: row.id,
      playbook: { id: row.playbook_id, name: row.playbook_name ?? row.playbook_id, version: row.playbook_version },
      status: row.status,
      outcome: row.outcome,
      caseId: row.case_id,
      trigger: { kind: row.trigger_kind, by: row.trigger_by },
      parent: row.parent_run === null || row.parent_step === null ? null : { run: row.parent_run, step: row.parent_step },
      startedAt: row.started_at,
      endedAt: row.ended_at,
      lastSeq: row.last_seq,
      errorCode: row.error_code,
      failedStep: row.failed_step,
      openAsks: row.open_asks,
      inDoubt: row.in_doubt,
    }));
  }

  /** The run's row when the viewer may know of it; else the refusal for a run that is not there. */
  async visible(viewer: Viewer, id: string) {
    const row = await this.#store.first(this.#store.sql.selectFrom("runs").selectAll().where("id", "=", id).where(runVisible(viewer)));
    if (row) return row;
    const gone = await this.#store.first(
      this.#store.sql
        .selectFrom("deleted_runs")
        .select("deleted_at")
        .where("id", "=", id)
        .where(caseVisible(viewer, "deleted_runs.case_id"))
        .where(caseVisible(viewer, "deleted_runs.caller_case")),
    );
    if (gone) throw new ProblemError("run-deleted", `The run was deleted by retention on ${gone.deleted_at.slice(0, 10)}.`);
    throw notFound("run");
  }

  async maySee(viewer: Viewer, id: string): Promise<boolean> {
    return (await this.#store.first(this.#store.sql.selectFrom("runs").select("id").where("id", "=", id).where(runVisible(viewer)))) !== undefined;
  }

  /** The runs that this one called, as far as the viewer may know of them. */
  async children(viewer: Viewer, id: string): Promise<RunSummary[]> {
    const rows = await this.#store.all(this.#store.sql.selectFrom("runs").select("id").where("parent_run", "=", id).where(runVisible(viewer)).orderBy("id").limit(1_000));
    return this.summaries(rows.map((row) => row.id));
  }
}
