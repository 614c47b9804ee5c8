import { sql } from "kysely";
import type { Store } from "../store/store.ts";

/** Whether the run works on a restricted case, was called by one that does, or opened one: what is made of it may not be read by all. */
export async function tellsOfRestricted(store: Store, run: { readonly id: string; readonly case_id: string | null; readonly parent_run: string | null }): Promise<boolean> {
  const family: string[] = [run.id];
  const cases = new Set(run.case_id === null ? [] : [run.case_id]);
  for (let above = run.parent_run; above !== null && family.length < 20;) {
    family.push(above);
    const row = await store.first(store.sql.selectFrom("runs").select(["case_id", "parent_run"]).where("id", "=", above));
    if (row?.case_id) cases.add(row.case_id);
    above = row?.parent_run ?? null;
  }
  for (const { case_id } of await store.all(store.sql.selectFrom("run_children").select("case_id").where("run_id", "in", family))) cases.add(case_id);
  if (cases.size === 0) return false;
  const restricted = store.sql
    .selectFrom("cases")
    .select("id")
    .where("id", "in", [...cases])
    .where(sql<boolean>`(restricted = 1 or exists (select 1 from cases as child where child.parent = cases.id and child.restricted = 1))`);
  return (await store.first(restricted)) !== undefined;
}
