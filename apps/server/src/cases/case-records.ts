import type { CaseEntry, CaseRecord, CaseSnapshot, Evidence, FileEvent, PersonRef, SlaClock } from "@drawbridge/integrations/cases";
import { snapshotOf } from "@drawbridge/integrations/cases";
import type { Json } from "@drawbridge/playbook";
import type { People } from "../sign-in/people.ts";
import type { Store } from "../store/store.ts";
import type { CaseEntryRow, CaseEvidenceRow, CaseRow } from "../store/tables.ts";

/** Reads cases from the store in the shape that snapshots and reports are made of. */
export class CaseRecords {
  readonly #store: Store;
  readonly #people: People;

  constructor(store: Store, people: People) {
    this.#store = store;
    this.#people = people;
  }

  row(id: string): CaseRow | undefined {
    return this.#store.first(this.#store.sql.selectFrom("cases").selectAll().where("id", "=", id));
  }

  /** The whole record, null when there is none. Of linked cases, restricted ones are left out unless this one is restricted itself. */
  record(id: string, options: { readonly entries: boolean } = { entries: true }): CaseRecord | null {
    const row = this.row(id);
    if (!row) return null;
    const { sql } = this.#store;
    const children = this.#store.all(sql.selectFrom("cases").select(["id", "title", "restricted"]).where("parent", "=", id).orderBy("created_at").orderBy("id"));
    const linked = this.#store.all(
      sql
        .selectFrom("case_links")
        .innerJoin("cases", "cases.id", "case_links.other")
        .select(["cases.id", "cases.title"])
        .where("case_id", "=", id)
        .$if(row.restricted === 0, (from) => from.where("cases.restricted", "=", 0)),
    );
    return {
      id: row.id,
      type: row.type,
      title: row.title,
      subject: row.subject,
      status: row.status,
      severity: row.severity,
      alert: row.alert_source === null || row.alert_id === null ? null : { source: row.alert_source, id: row.alert_id },
      owner: row.owner === null ? null : this.#people.reference(row.owner),
      members: this.members(id),
      restricted: row.restricted === 1,
      parent: row.parent,
      children: children.map((child) => ({ ...child, restricted: child.restricted === 1 })),
      linked,
      fields: JSON.parse(row.fields) as CaseRecord["fields"],
      fileEvents: this.fileEvents(id),
      slas: this.clocks(id),
      evidence: this.evidence(id),
      entries: options.entries ? this.entries(id) : [],
      reports: this.reports(id),
      createdAt: row.created_at,
      closedAt: row.closed_at,
      resolution: row.resolution,
    };
  }

  snapshot(id: string): CaseSnapshot | null {
    const record = this.record(id, { entries: false });
    return record && snapshotOf(record, Date.now());
  }

  members(id: string): PersonRef[] {
    return this.#store.all(this.#store.sql.selectFrom("case_members").select("email").where("case_id", "=", id).orderBy("email")).map(({ email }) => this.#people.reference(email));
  }

  clocks(id: string): SlaClock[] {
    return this.#store.all(this.#store.sql.selectFrom("case_slas").select("body").where("case_id", "=", id).orderBy("position")).map(({ body }) => JSON.parse(body) as SlaClock);
  }

  fileEvents(id: string): FileEvent[] {
    return this.#store
      .all(this.#store.sql.selectFrom("case_file_events").select("body").where("case_id", "=", id).orderBy("at").orderBy("id"))
      .map(({ body }) => JSON.parse(body) as FileEvent);
  }

  evidence(id: string): Evidence[] {
    return this.#store
      .all(this.#store.sql.selectFrom("case_evidence").selectAll().where("case_id", "=", id).where("removed_at", "is", null).orderBy("added_at").orderBy("id"))
      .map(evidenceOf);
  }

  entries(id: string): CaseEntry[] {
    return this.#store.all(this.#store.sql.selectFrom("case_entries").selectAll().where("case_id", "=", id).orderBy("id")).map((row) => this.entryOf(row));
  }

  reports(id: string): CaseRecord["reports"] {
    return this.#store.all(this.#store.sql.selectFrom("case_reports").select(["id", "title", "at", "by"]).where("case_id", "=", id).orderBy("id"));
  }

  entryOf(row: CaseEntryRow): CaseEntry {
    return {
      id: row.id,
      at: row.at,
      kind: row.kind,
      by: row.by === null ? null : this.#people.reference(row.by),
      text: row.text,
      run: row.run,
      step: row.step,
      stepName: row.step_name,
      integration: row.integration,
      ...(row.data === null ? {} : { data: JSON.parse(row.data) as Json }),
      evidence: row.evidence,
    };
  }
}

export function evidenceOf(row: CaseEvidenceRow): Evidence {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    description: row.description,
    hash: row.hash,
    ...(row.data === null ? {} : { data: JSON.parse(row.data) as Json }),
    addedAt: row.added_at,
    provenance: JSON.parse(row.provenance) as Evidence["provenance"],
  };
}
