import { type RawBuilder, sql } from "kysely";
import type { Store } from "../store/store.ts";
import type { Viewer } from "./viewer.ts";

/** SQL that holds when the case with the id in `column` may be known to the viewer: it is not restricted, or the viewer is a member or an admin. A null id is no case. */
export function caseVisible(viewer: Viewer, column: string): RawBuilder<boolean> {
  if (viewer.role === "admin") return sql<boolean>`1 = 1`;
  const id = sql.ref(column);
  return sql<boolean>`not exists (select 1 from cases as hidden where hidden.id = ${id} and hidden.restricted = 1
    and not exists (select 1 from case_members as team where team.case_id = hidden.id and team.email = ${viewer.email}))`;
}

/** The same for a run in the table `runs`: its own case, and the case of the run that called it. */
export function runVisible(viewer: Viewer): RawBuilder<boolean> {
  if (viewer.role === "admin") return sql<boolean>`1 = 1`;
  return sql<boolean>`(runs.case_id is null or ${caseVisible(viewer, "runs.case_id")})
    and (runs.parent_run is null or not exists (select 1 from runs as caller where caller.id = runs.parent_run and caller.case_id is not null and not ${caseVisible(viewer, "caller.case_id")}))`;
}

/** The cases that the viewer may not know of: those that `caseVisible` does not hold for. */
export async function hiddenCases(store: Store, viewer: Viewer): Promise<readonly string[]> {
  if (viewer.role === "admin") return [];
  const rows = await store.all(
    store.sql
      .selectFrom("cases")
      .select("id")
      .where("restricted", "=", 1)
      .where((where) => where.not(caseVisible(viewer, "cases.id")))
      .orderBy("id"),
  );
  return rows.map(({ id }) => id);
}

/** So many cases are named in a query; when more are hidden each run is asked about by itself. */
const mostNamed = 1_000;

/** The same as `runVisible`, for many runs at once: `hidden` are the viewer's `hiddenCases`. */
export function runVisibleBeside(viewer: Viewer, hidden: readonly string[]): RawBuilder<boolean> {
  if (hidden.length === 0) return sql<boolean>`1 = 1`;
  if (hidden.length > mostNamed) return runVisible(viewer);
  const named = sql.join(hidden);
  return sql<boolean>`(runs.case_id is null or runs.case_id not in (${named}))
    and (runs.parent_run is null or not exists (select 1 from runs as caller where caller.id = runs.parent_run and caller.case_id in (${named})))`;
}

/** Whether a viewer may know of a case; a null id is no case. */
export async function maySeeCase(store: Store, viewer: Viewer, caseId: string | null): Promise<boolean> {
  if (viewer.role === "admin" || caseId === null) return true;
  const row = await store.first(store.sql.selectFrom("cases").select("restricted").where("id", "=", caseId));
  return (
    row === undefined ||
    row.restricted === 0 ||
    (await store.first(store.sql.selectFrom("case_members").select("email").where("case_id", "=", caseId).where("email", "=", viewer.email))) !== undefined
  );
}

/** Those of the cases that the viewer may not know of. */
export async function hiddenAmong(store: Store, viewer: Viewer, ids: readonly string[]): Promise<string[]> {
  const hidden: string[] = [];
  for (const id of ids) if (!(await maySeeCase(store, viewer, id))) hidden.push(id);
  return hidden;
}
