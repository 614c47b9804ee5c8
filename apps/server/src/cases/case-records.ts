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

  row(id: string): Promise<CaseRow | undefined> {
    return this.#store.first(this.#store.sql.selectFrom("cases").selectAll().where("id", "=", id));
  }

  /** The whole record, null when there is none. Of linked cases, restricted ones are left out unless this one is restricted itself. */
  async record(id: string, options: { readonly entries: boolean } = { entries: true }): Promise<CaseRecord | null> {
    const row = await this.row(id);
    if (!row) return null;
    const { sql } = this.#store;
    const children = await this.#store.all(sql.selectFrom("cases").select(["id", "title", "restricted"]).where("parent", "=", id).orderBy("created_at").orderBy("id"));
    const linked = await this.#store.all(
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
      owner: row.owner === null ? null : await this.#people.reference(row.owner),
      members: await this.members(id),
      restricted: row.restricted === 1,
      parent: row.parent,
      children: children.map((child) => ({ ...child, restricted: child.restricted === 1 })),
      linked,
      fields: JSON.parse(row.fields) as CaseRecord["fields"],
      fileEvents: await this.fileEvents(id),
      slas: await this.clocks(id),
      evidence: await this.evidence(id),
      entries: options.entries ? await this.entries(id) : [],
      reports: await this.reports(id),
      createdAt: row.created_at,
      closedAt: row.closed_at,
      resolution: row.resolution,
    };
  }

  async snapshot(id: string): Promise<CaseSnapshot | null> {
    const record = await this.record(id, { entries: false });
    return record && snapshotOf(record, Date.now());
  }

  async members(id: string): Promise<PersonRef[]> {
    const rows = await this.#store.all(this.#store.sql.selectFrom("case_members").select("email").where("case_id", "=", id).orderBy("email"));
    return this.#people.references(rows.map(({ email }) => email));
  }

  async clocks(id: string): Promise<SlaClock[]> {
    return (await this.#store.all(this.#store.sql.selectFrom("case_slas").select("body").where("case_id", "=", id).orderBy("position"))).map(
      ({ body }) => JSON.parse(body) as SlaClock,
    );
  }

  async fileEvents(id: string): Promise<FileEvent[]> {
    return (await this.#store.all(this.#store.sql.selectFrom("case_file_events").select("body").where("case_id", "=", id).orderBy("at").orderBy("id"))).map(
      ({ body }) => JSON.parse(body) as FileEvent,
    );
  }

  async evidence(id: string): Promise<Evidence[]> {
    return (
      await this.#store.all(this.#store.sql.selectFrom("case_evidence").selectAll().where("case_id", "=", id).where("removed_at", "is", null).orderBy("added_at").orderBy("id"))
    ).map(evidenceOf);
  }

  async entries(id: string): Promise<CaseEntry[]> {
    return this.entriesOf(await this.#store.all(this.#store.sql.selectFrom("case_entries").selectAll().where("case_id", "=", id).orderBy("id")));
  }

  reports(id: string): Promise<CaseRecord["reports"]> {
    return this.#store.all(this.#store.sql.selectFrom("case_reports").select(["id", "title", "at", "by"]).where("case_id", "=", id).orderBy("id"));
  }

  async entryOf(row: CaseEntryRow): Promise<CaseEntry> {
    return entryBy(row, row.by === null ? null : await this.#people.reference(row.by));
  }

  async entriesOf(rows: readonly CaseEntryRow[]): Promise<CaseEntry[]> {
    const people = new Map((await this.#people.references([...new Set(rows.flatMap(({ by }) => by ?? []))])).map((person) => [person.email, person]));
    return rows.map((row) => entryBy(row, row.by === null ? null : (people.get(row.by) ?? { email: row.by, name: row.by })));
  }
}

function entryBy(row: CaseEntryRow, by: PersonRef | null): CaseEntry {
  return {
    id: row.id,
    at: row.at,
    kind: row.kind,
    by,
    text: row.text,
    run: row.run,
    step: row.step,
    stepName: row.step_name,
    integration: row.integration,
    ...(row.data === null ? {} : { data: JSON.parse(row.data) as Json }),
    evidence: row.evidence,
  };
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
