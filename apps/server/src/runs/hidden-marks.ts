import type { Store } from "../store/store.ts";

const most = 5_000;

/** Texts that stand for cases and runs which the viewer may not know of, in lower case. */
export async function hiddenMarks(store: Store, cases: readonly string[]): Promise<readonly string[]> {
  const runs = cases.length === 0 ? [] : await store.all(store.sql.selectFrom("runs").select("id").where("case_id", "in", cases.slice(-most)).limit(most));
  return [...cases, ...runs.map(({ id }) => id)].map((mark) => mark.toLowerCase());
}

/** Whether a line that holds the words says nothing of what is hidden. */
export const openlyHolds = (text: string, words: string, marks: readonly string[]): boolean =>
  text.split("\n").some((line) => line.includes(words) && !marks.some((mark) => line.includes(mark)));
