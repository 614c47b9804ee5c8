import type { RunSummary } from "@drawbridge/protocol";
import type { InfiniteData } from "@tanstack/react-query";
import type { Answer } from "../api/call.ts";

export type RunPages = InfiniteData<Answer<"listRuns">>;

/** The same pages with one run as it is now; the pages themselves when it is on none of them. */
export function patchRun(pages: RunPages, run: RunSummary): RunPages {
  const at = pages.pages.findIndex((page) => page.items.some((each) => each.id === run.id));
  if (at === -1) return pages;
  return {
    ...pages,
    pages: pages.pages.map((page, index) => (index === at ? { ...page, items: page.items.map((each) => (each.id === run.id && each.lastSeq <= run.lastSeq ? run : each)) } : page)),
  };
}

/** The same pages with newer runs before all others, each once. */
export function withNewer(pages: RunPages, newer: readonly RunSummary[]): RunPages {
  const [first, ...others] = pages.pages;
  const known = new Set(pages.pages.flatMap((page) => page.items.map(({ id }) => id)));
  const fresh = newer.filter(({ id }) => !known.has(id));
  if (!first || fresh.length === 0) return pages;
  return { ...pages, pages: [{ ...first, items: [...fresh, ...first.items], total: first.total + fresh.length }, ...others] };
}
