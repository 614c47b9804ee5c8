import type { WarRoomEntry } from "@drawbridge/protocol";
import { type InfiniteData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { type Answer, call } from "../../api/call.ts";

type Pages = InfiniteData<Answer<"listWarRoom">>;

/** The war room's entries, oldest first; `earlier` reads the page before. Entries that arrive live are put in once. */
export function useWarRoom(caseId: string) {
  const queries = useQueryClient();
  const key = useMemo(() => ["case", caseId, "war-room"] as const, [caseId]);
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: async ({ pageParam, signal }) => (await call("listWarRoom", { params: { id: caseId }, query: { cursor: pageParam, limit: 100 }, signal })).data,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const entries = useMemo(() => query.data?.pages.toReversed().flatMap((page) => page.items) ?? [], [query.data]);
  const add = useCallback((fresh: readonly WarRoomEntry[]) => queries.setQueryData<Pages>(key, (pages) => pages && withEntries(pages, fresh)), [queries, key]);
  return { entries, total: query.data?.pages[0]?.total ?? 0, add, query };
}

/** The same pages with entries changed or added at the end of the newest page. */
export function withEntries(pages: Pages, fresh: readonly WarRoomEntry[]): Pages {
  const known = new Set(pages.pages.flatMap((page) => page.items.map((entry) => entry.id)));
  const changed = new Map(fresh.map((entry) => [entry.id, entry]));
  const added = [...changed.values()].filter((entry) => !known.has(entry.id));
  return {
    ...pages,
    pages: pages.pages.map((page, index) => {
      const items = page.items.map((entry) => changed.get(entry.id) ?? entry);
      return { ...page, total: page.total + added.length, items: index === 0 ? [...items, ...added].sort((one, other) => one.at.localeCompare(other.at)) : items };
    }),
  };
}
