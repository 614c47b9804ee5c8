import { type QueryKey, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";

interface Page {
  readonly items: readonly unknown[];
  readonly next: string | null;
  readonly total: number;
}

/** A list with cursors, read page by page as it is scrolled; the last pages stay while a new search is read. */
export function usePagedList<Of extends Page>(queryKey: QueryKey, read: (cursor: string | undefined, signal: AbortSignal) => Promise<Of>) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Of) => last.next ?? undefined,
    placeholderData: (earlier) => earlier,
  });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const items = useMemo(() => data?.pages.flatMap((page): readonly Of["items"][number][] => page.items) ?? [], [data]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return {
    items,
    first: data?.pages[0],
    total: data?.pages[0]?.total,
    more,
    error: query.error,
    pending: query.isPending,
    stale: query.isPlaceholderData,
    again: () => void query.refetch(),
  };
}
