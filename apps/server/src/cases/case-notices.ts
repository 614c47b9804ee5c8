import type { NoticeOf } from "../processes/notice.ts";

/** PostgreSQL carries 8000 bytes at most; ids are short, addresses may have 320 characters. */
const mostEntries = 60;
const mostGone = 15;

/** What to tell other processes of a changed case, in as many notices as it needs. */
export function caseNotices(caseId: string, entries: readonly { readonly id: string }[], gone: readonly string[]): NoticeOf<"case-changed">[] {
  const notices: NoticeOf<"case-changed">[] = [];
  const count = Math.max(1, Math.ceil(entries.length / mostEntries), Math.ceil(gone.length / mostGone));
  for (let index = 0; index < count; index += 1) {
    notices.push({
      kind: "case-changed",
      caseId,
      entries: entries.slice(index * mostEntries, (index + 1) * mostEntries).map(({ id }) => id),
      gone: gone.slice(index * mostGone, (index + 1) * mostGone),
    });
  }
  return notices;
}
