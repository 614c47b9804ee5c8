import type { PlaybookSummary } from "@drawbridge/protocol";
import { type SelectQueryBuilder, sql } from "kysely";
import { runVisible } from "../access/visible.ts";
import type { Viewer } from "../access/viewer.ts";
import { notFound } from "../problem-error.ts";
import { readCursor, writeCursor } from "../store/cursor.ts";
import { anywhere } from "../store/like.ts";
import type { Store } from "../store/store.ts";
import type { PlaybookRow, ServerTables } from "../store/tables.ts";

const shownRuns = 12;

type ListedRow = Omit<PlaybookRow, "draft" | "draft_by" | "search" | "inputs" | "calls"> & {
  readonly has_draft: number;
  readonly draft_by: string | null;
  readonly last_run: string | null;
};

type Sort = "name" | "updated" | "last-run";

interface ListQuery {
  readonly search?: string | undefined;
  readonly tag?: string | undefined;
  /** An action's name; or an integration's, for any of its actions. */
  readonly action?: string | undefined;
  readonly shipped?: "yes" | "no" | undefined;
  readonly sort?: Sort | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

const columns = [
  "id",
  "name",
  "description",
  "tags",
  "live",
  "last_version",
  "updated_at",
  "updated_by",
  "steps",
  "integrations",
  "errors",
  "warnings",
  "shipped",
  "shipped_hash",
  "deleted",
  "triggers",
] as const;

const drafts = sql`select person from playbook_drafts where playbook_drafts.playbook_id = playbooks.id`;
const hasDraft = sql<number>`case when draft is not null or exists (${drafts}) then 1 else 0 end`.as("has_draft");
/** The viewer, when the viewer has a draft; else who saved one last. */
const draftBy = (viewer: Viewer) =>
  sql<string | null>`coalesce(draft_by, (${drafts} order by case when person = ${viewer.email} then 0 else 1 end, at desc limit 1))`.as("draft_by");
const lastRun = (viewer: Viewer) => sql<string | null>`(select runs.id from runs where runs.playbook_id = playbooks.id and ${runVisible(viewer)} order by runs.id desc limit 1)`;

type Matching = SelectQueryBuilder<ServerTables, "playbooks", object>;

/** The ids of the playbooks that call the action, or any action of the integration. */
function using(store: Store, action: string) {
  const all = store.sql.selectFrom("playbook_actions").select("playbook_id");
  return action.includes(".") ? all.where("action", "=", action) : all.where("action", ">=", `${action}.`).where("action", "<", `${action}/`);
}

/** A page of the library; nothing is parsed for it. */
export async function listPlaybooks(store: Store, viewer: Viewer, query: ListQuery) {
  const limit = query.limit ?? 50;
  const sort = query.sort ?? "name";
  const place = readCursor(query.cursor, 2);
  const matching = store.sql
    .selectFrom("playbooks")
    .where("deleted", "=", 0)
    .$if(Boolean(query.search), (from) => from.where(sql<boolean>`search like ${anywhere(query.search ?? "")} escape '\\'`))
    .$if(Boolean(query.tag), (from) =>
      from.where(
        "id",
        "in",
        store.sql
          .selectFrom("playbook_tags")
          .select("playbook_id")
          .where("tag", "=", query.tag ?? ""),
      ),
    )
    .$if(query.shipped !== undefined, (from) => from.where("shipped", "=", query.shipped === "yes" ? 1 : 0))
    .$if(Boolean(query.action), (from) => from.where("id", "in", using(store, query.action ?? "")));
  const total = (await store.first(matching.select((select) => select.fn.countAll<number>().as("count"))))?.count ?? 0;
  const places = await store.all(placesOf(store, matching, sort, viewer, place, limit + 1));
  const ids = places.slice(0, limit).map(({ id }) => id);
  const last = places[ids.length - 1];
  const shown = await rowsOf(store, viewer, ids);
  const tags = await store.all(
    store.sql
      .selectFrom("playbook_tags")
      .select(["tag", (select) => select.fn.countAll<number>().as("count")])
      .groupBy("tag")
      .orderBy("tag"),
  );
  return { items: await summaries(store, viewer, shown), next: places.length > limit && last ? writeCursor([last.place, last.id]) : null, total, tags };
}

type Place = readonly (string | number | null)[] | null;

/** Ids in the order of the list, after the place, each with what it is sorted by. */
function placesOf(store: Store, matching: Matching, sort: Sort, viewer: Viewer, place: Place, limit: number) {
  if (sort !== "last-run") {
    const key = sql<string>`${sql.ref(sort === "name" ? "name" : "updated_at")}`;
    const [direction, after] = sort === "name" ? (["asc", sql`>`] as const) : (["desc", sql`<`] as const);
    return matching
      .select(["id", key.as("place")])
      .$if(place !== null, (from) => from.where(sql<boolean>`(${key}, id) ${after} (${place?.[0]}, ${place?.[1]})`))
      .orderBy(key, direction)
      .orderBy("id", direction)
      .limit(limit);
  }
  const newest = sql<string>`coalesce(${lastRun(viewer)}, '')`;
  return store.sql
    .with(
      (name) => name("listed").materialized(),
      () => matching.select(["id", newest.as("place")]),
    )
    .selectFrom("listed")
    .select(["id", "place"])
    .$if(place !== null, (from) => from.where(sql<boolean>`(place, id) < (${place?.[0]}, ${place?.[1]})`))
    .orderBy("place", "desc")
    .orderBy("id", "desc")
    .limit(limit);
}

/** What the list shows of each, in the order of the ids. */
async function rowsOf(store: Store, viewer: Viewer, ids: readonly string[]): Promise<ListedRow[]> {
  if (ids.length === 0) return [];
  const rows = await store.all(
    store.sql
      .selectFrom("playbooks")
      .select(columns)
      .select([hasDraft, draftBy(viewer), lastRun(viewer).as("last_run")])
      .where("id", "in", ids),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

export async function playbookSummary(store: Store, viewer: Viewer, id: string): Promise<PlaybookSummary> {
  const row = await store.first(
    store.sql
      .selectFrom("playbooks")
      .select(columns)
      .select([hasDraft, draftBy(viewer), lastRun(viewer).as("last_run")])
      .where("id", "=", id)
      .where("deleted", "=", 0),
  );
  const summary = row && (await summaries(store, viewer, [row]))[0];
  if (!summary) throw notFound("playbook");
  return summary;
}

async function summaries(store: Store, viewer: Viewer, rows: readonly ListedRow[]): Promise<PlaybookSummary[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const visible = runVisible(viewer);
  const open = await store.all(
    store.sql
      .selectFrom("runs")
      .select(["playbook_id", (select) => select.fn.countAll<number>().as("count")])
      .where("ended_at", "is", null)
      .where("playbook_id", "in", ids)
      .where(visible)
      .groupBy("playbook_id"),
  );
  const doubts = await store.all(
    store.sql
      .selectFrom("doubts")
      .innerJoin("runs", "runs.id", "doubts.run_id")
      .select(["runs.playbook_id", (select) => select.fn.countAll<number>().as("count")])
      .where("doubts.state", "=", "open")
      .where("runs.playbook_id", "in", ids)
      .where(visible)
      .groupBy("runs.playbook_id"),
  );
  const countOf = (counts: typeof open, id: string) => counts.find((each) => each.playbook_id === id)?.count ?? 0;
  const all: PlaybookSummary[] = [];
  for (const row of rows) {
    const runs =
      row.last_run === null
        ? []
        : await store.all(
            store.sql.selectFrom("runs").select(["id", "status", "started_at", "ended_at"]).where("playbook_id", "=", row.id).where(visible).orderBy("id", "desc").limit(shownRuns),
          );
    all.push({
      id: row.id,
      name: row.name,
      description: row.description,
      tags: JSON.parse(row.tags) as string[],
      live: row.live,
      draft: row.has_draft === 1,
      draftBy: row.draft_by,
      updatedAt: row.updated_at,
      steps: row.steps,
      integrations: JSON.parse(row.integrations) as string[],
      recentRuns: runs
        .reverse()
        .map((run) => ({ id: run.id, status: run.status, durationMs: run.ended_at === null ? null : Date.parse(run.ended_at) - Date.parse(run.started_at) })),
      lastRunAt: runs.at(-1)?.started_at ?? null,
      running: countOf(open, row.id),
      inDoubt: countOf(doubts, row.id),
      findings: { errors: row.errors, warnings: row.warnings },
      shipped: row.shipped === 1,
    });
  }
  return all;
}
