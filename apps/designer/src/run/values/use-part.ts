import type { ValueEntry } from "@drawbridge/protocol";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { pageEntries, partHere, readPart, type ValueSource } from "./value-source.ts";

/** What of a value has been read so far, and how to read on. */
export interface ReadPart {
  readonly entries: readonly ValueEntry[];
  readonly text: string | undefined;
  readonly total: number;
  readonly more: (() => void) | null;
  readonly pending: boolean;
  readonly error: unknown;
}

/** The part of a value at a path, a page at a time. */
export function usePart(source: ValueSource, path: readonly string[]): ReadPart {
  const [shown, setShown] = useState(pageEntries);
  const here = useMemo(() => (source.kind === "here" ? partHere(source.value, path, shown) : null), [source, path, shown]);
  const kept = useInfiniteQuery({
    queryKey: ["run", "payload", source.kind === "kept" ? [source.run, source.hash, ...path] : null],
    enabled: source.kind === "kept",
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) => {
      if (source.kind !== "kept") throw new Error("The value is here already.");
      return readPart(source, path, pageParam, signal);
    },
    getNextPageParam: (last) => {
      const end = last.offset + (last.text?.length ?? last.entries.length);
      return end < last.total && end > last.offset ? end : undefined;
    },
    staleTime: Infinity,
  });
  if (here) {
    const more = here.text === undefined && here.entries.length < here.total ? () => setShown(shown + pageEntries) : null;
    return { entries: here.entries, text: here.text, total: here.total, more, pending: false, error: null };
  }
  const pages = kept.data?.pages ?? [];
  return {
    entries: pages.flatMap(({ entries }) => entries),
    text: pages[0]?.text === undefined ? undefined : pages.map(({ text }) => text ?? "").join(""),
    total: pages[0]?.total ?? 0,
    more: kept.hasNextPage && !kept.isFetchingNextPage ? () => void kept.fetchNextPage() : null,
    pending: kept.isPending || kept.isFetchingNextPage,
    error: kept.error,
  };
}
