import { sql } from "kysely";
import type { Viewer } from "../access/viewer.ts";
import type { Store } from "../store/store.ts";

const most = 5_000;

/** The cases that the viewer may not know of, which is what decides which runs the viewer sees. */
export async function hiddenCases(store: Store, viewer: Viewer): Promise<readonly string[]> {
  if (viewer.role === "admin") return [];
  const rows = await store.all(
    store.sql
      .selectFrom("cases")
      .select("id")
      .where("restricted", "=", 1)
      .where(sql<boolean>`not exists (select 1 from case_members as team where team.case_id = cases.id and team.email = ${viewer.email})`)
      .orderBy("id"),
  );
  return rows.map(({ id }) => id);
}

/** Texts that stand for cases and runs which the viewer may not know of, in lower case. */
export async function hiddenMarks(store: Store, viewer: Viewer): Promise<readonly string[]> {
  const cases = await hiddenCases(store, viewer);
  const runs = cases.length === 0 ? [] : await store.all(store.sql.selectFrom("runs").select("id").where("case_id", "in", cases.slice(-most)).limit(most));
  return [...cases, ...runs.map(({ id }) => id)].map((mark) => mark.toLowerCase());
}

/** Whether a line that holds the words says nothing of what is hidden. */
export const openlyHolds = (text: string, words: string, marks: readonly string[]): boolean =>
  text.split("\n").some((line) => line.includes(words) && !marks.some((mark) => line.includes(mark)));
