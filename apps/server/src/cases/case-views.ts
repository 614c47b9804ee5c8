import { type SlaClock, slaState, slaView } from "@drawbridge/integrations/cases";
import type { CaseDetail, CaseSummary, WarRoomEntry } from "@drawbridge/protocol";
import { sql } from "kysely";
import { caseVisible, hiddenAmong, maySeeCase, runVisible } from "../access/visible.ts";
import { holdsRole, type Viewer } from "../access/viewer.ts";
import { instant } from "../instant.ts";
import { notFound } from "../problem-error.ts";
import type { People } from "../sign-in/people.ts";
import { readCursor, writeCursor } from "../store/cursor.ts";
import { anywhere } from "../store/like.ts";
import type { Store } from "../store/store.ts";
import type { CaseRow } from "../store/tables.ts";
import type { CaseRecords } from "./case-records.ts";

type View = "open" | "unowned" | "mine" | "at-risk" | "closed" | "all";
const newForMs = 10 * 60_000;

interface ListQuery {
  readonly view?: View | undefined;
  readonly search?: string | undefined;
  readonly type?: string | undefined;
  readonly severity?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** What people see of cases; what a viewer may not know of is nowhere in it. */
export class CaseViews {
  readonly #store: Store;
  readonly #people: People;
  readonly #records: CaseRecords;

  constructor(store: Store, people: People, records: CaseRecords) {
    this.#store = store;
    this.#people = people;
    this.#records = records;
  }

  /** The case's row, when the viewer may know of it; else the refusal for a case that is not there. */
  async visible(viewer: Viewer, id: string): Promise<CaseRow> {
    const row = await this.#records.row(id);
    if (!row || !(await maySeeCase(this.#store, viewer, id))) throw notFound("case");
    return row;
  }

  async list(viewer: Viewer, query: ListQuery) {
    const limit = query.limit ?? 50;
    const place = readCursor(query.cursor, 2);
    const late = await this.#lateCases();
    const visible = this.#store.sql.selectFrom("cases").where(caseVisible(viewer, "cases.id"));
    const wheres = {
      open: sql<boolean>`status != 'closed'`,
      unowned: sql<boolean>`status != 'closed' and owner is null`,
      mine: sql<boolean>`status != 'closed' and owner = ${viewer.email}`,
      "at-risk": late.length === 0 ? sql<boolean>`1 = 0` : sql<boolean>`status != 'closed' and id in (${sql.join(late)})`,
      closed: sql<boolean>`status = 'closed'`,
      all: sql<boolean>`1 = 1`,
    } satisfies Record<View, unknown>;
    const count = async (view: View) => (await this.#store.first(visible.where(wheres[view]).select((select) => select.fn.countAll<number>().as("count"))))?.count ?? 0;
    const matching = visible
      .where(wheres[query.view ?? "open"])
      .$if(Boolean(query.search), (from) => from.where(sql<boolean>`search like ${anywhere(query.search ?? "")} escape '\\'`))
      .$if(Boolean(query.type), (from) => from.where("type", "=", query.type ?? ""))
      .$if(Boolean(query.severity), (from) => from.where(sql<boolean>`severity = ${query.severity ?? ""}`));
    const rows = await this.#store.all(
      matching
        .selectAll()
        .$if(place !== null, (from) => from.where(sql<boolean>`(created_at, id) < (${place?.[0]}, ${place?.[1]})`))
        .orderBy("created_at", "desc")
        .orderBy("id", "desc")
        .limit(limit + 1),
    );
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: await this.summaries(shown, viewer),
      next: rows.length > limit && last ? writeCursor([last.created_at, last.id]) : null,
      total: (await this.#store.first(matching.select((select) => select.fn.countAll<number>().as("count"))))?.count ?? 0,
      counts: { open: await count("open"), unowned: await count("unowned"), mine: await count("mine"), atRisk: await count("at-risk"), closed: await count("closed") },
    };
  }

  async summaries(rows: readonly CaseRow[], viewer: Viewer): Promise<CaseSummary[]> {
    const all: CaseSummary[] = [];
    for (const row of rows) all.push(await this.summary(row, viewer));
    return all;
  }

  async summary(row: CaseRow, viewer: Viewer): Promise<CaseSummary> {
    const now = Date.now();
    const clocks = await this.#records.clocks(row.id);
    const running = clocks.filter((clock) => clock.stoppedAt === null).map((clock) => slaView(clock, now));
    const first = running.sort((a, b) => (a.dueAt ?? "9").localeCompare(b.dueAt ?? "9"))[0] ?? (clocks.length > 0 ? slaView(clocks[clocks.length - 1] as SlaClock, now) : null);
    return {
      id: row.id,
      type: row.type,
      title: row.title,
      subject: row.subject,
      status: row.status,
      severity: row.severity,
      owner: row.owner === null ? null : await this.#people.reference(row.owner),
      restricted: row.restricted === 1,
      parent: row.parent !== null && (await maySeeCase(this.#store, viewer, row.parent)) ? row.parent : null,
      createdAt: row.created_at,
      closedAt: row.closed_at,
      sla: first,
      isNew: row.status === "open" && now - Date.parse(row.created_at) < newForMs,
    };
  }

  async detail(viewer: Viewer, id: string): Promise<CaseDetail> {
    const row = await this.visible(viewer, id);
    const record = await this.#records.record(id, { entries: false });
    if (!record) throw notFound("case");
    const now = Date.now();
    const secret = await this.unmentionable(viewer, id);
    const silent = (part: unknown): boolean => !secret.some((mark) => JSON.stringify(part).includes(mark));
    const children: CaseDetail["children"] = [];
    for (const child of record.children) if (await maySeeCase(this.#store, viewer, child.id)) children.push({ ...child, members: (await this.#records.members(child.id)).length });
    const linked: CaseDetail["linked"] = [];
    for (const other of record.linked) if (await maySeeCase(this.#store, viewer, other.id)) linked.push({ ...other });
    const { sql: from } = this.#store;
    const runs = from.selectFrom("runs").where("runs.case_id", "=", id).where(runVisible(viewer));
    return {
      ...(await this.summary(row, viewer)),
      resolution: row.resolution,
      fields: Object.fromEntries(Object.entries(record.fields).filter(silent)) as CaseDetail["fields"],
      slas: record.slas.map((clock) => slaView(clock, now)),
      members: record.members.map((member) => ({ ...member })),
      children,
      linked,
      fileEvents: record.fileEvents.map((event) => ({ ...event, exposure: [...event.exposure] })),
      evidence: record.evidence.filter(silent).map((item) => ({ ...item })),
      counts: {
        runs: (await this.#store.first(runs.select((select) => select.fn.countAll<number>().as("count"))))?.count ?? 0,
        openAsks:
          (
            await this.#store.first(
              runs
                .innerJoin("asks", "asks.run_id", "runs.id")
                .where("asks.state", "=", "open")
                .select((select) => select.fn.countAll<number>().as("count")),
            )
          )?.count ?? 0,
        warRoom: (await this.#store.first((await this.#entries(viewer, id)).select((select) => select.fn.countAll<number>().as("count"))))?.count ?? 0,
      },
      reports: record.reports.map((report) => ({ ...report })),
      now: instant(now),
      mayEdit: holdsRole(viewer, "analyst"),
    };
  }

  async warRoom(viewer: Viewer, id: string, query: { kind?: WarRoomEntry["kind"] | undefined; cursor?: string | undefined; limit?: number | undefined }) {
    await this.visible(viewer, id);
    const limit = query.limit ?? 100;
    const place = readCursor(query.cursor, 1);
    const matching = (await this.#entries(viewer, id)).$if(query.kind !== undefined, (from) => from.where(sql<boolean>`kind = ${query.kind ?? ""}`));
    const rows = await this.#store.all(
      matching
        .selectAll()
        .$if(place !== null, (from) => from.where("id", "<", String(place?.[0])))
        .orderBy("id", "desc")
        .limit(limit + 1),
    );
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: (await this.#records.entriesOf(shown.reverse())) as WarRoomEntry[],
      next: rows.length > limit && last ? writeCursor([last.id]) : null,
      total: (await this.#store.first(matching.select((select) => select.fn.countAll<number>().as("count"))))?.count ?? 0,
    };
  }

  /** Ids of restricted child cases that the viewer may not know of: what must not be mentioned to them. */
  async unmentionable(viewer: Viewer, caseId: string): Promise<string[]> {
    if (viewer.role === "admin") return [];
    const children = await this.#store.all(this.#store.sql.selectFrom("cases").select("id").where("parent", "=", caseId).where("restricted", "=", 1));
    return hiddenAmong(
      this.#store,
      viewer,
      children.map(({ id }) => id),
    );
  }

  /** Ids and titles of every restricted case that the viewer may not know of. */
  async unmentionableAnywhere(viewer: Viewer): Promise<string[]> {
    if (viewer.role === "admin") return [];
    const hidden = await this.#store.all(
      this.#store.sql
        .selectFrom("cases")
        .select(["id", "title"])
        .where("restricted", "=", 1)
        .where(sql<boolean>`not ${caseVisible(viewer, "cases.id")}`),
    );
    return hidden.flatMap(({ id, title }) => [id, title]);
  }

  /** The entries that a viewer may read: those that mention what they may not know of are left out. */
  async #entries(viewer: Viewer, caseId: string) {
    let matching = this.#store.sql.selectFrom("case_entries").where("case_id", "=", caseId);
    const position = sql.raw(this.#store.dialect === "postgres" ? "strpos" : "instr");
    for (const id of await this.unmentionable(viewer, caseId)) matching = matching.where(sql<boolean>`${position}(text || coalesce(data, ''), ${id}) = 0`);
    return matching;
  }

  /** Ids of open cases with a clock that is at risk or breached. */
  async #lateCases(): Promise<string[]> {
    const now = Date.now();
    const rows = await this.#store.all(this.#store.sql.selectFrom("case_slas").select(["case_id", "body"]).where("running", "=", 1));
    return [...new Set(rows.filter(({ body }) => ["at-risk", "breached"].includes(slaState(JSON.parse(body) as SlaClock, now))).map((row) => row.case_id))];
  }
}
