import type { RunQuery, RunSummary } from "@drawbridge/protocol";
import { useThrottledCallback } from "@mantine/hooks";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "../api/call.ts";
import { useWatch } from "../api/live.ts";
import { usePagedList } from "../shared/use-paged-list.ts";
import { patchRun, type RunPages, withNewer } from "./patch-run.ts";
import { askedOf } from "./run-query.ts";

const pageSize = 100;

/** The runs that a query finds, live: what changes changes in place, newer ones come before the others. */
export function useRunList(query: RunQuery) {
  const queries = useQueryClient();
  const key = ["runs", "list", query] as const;
  const asked = () => askedOf(query, Date.now());
  const list = usePagedList(key, async (cursor, signal) => (await call("listRuns", { query: { ...asked(), cursor, limit: pageSize }, signal })).data);
  const { show: _show, ...counted } = query;
  const stats = useQuery({
    queryKey: ["runs", "stats", counted],
    queryFn: async ({ signal }) => (await call("getRunStats", { query: askedOf(counted, Date.now()), signal })).data,
    placeholderData: keepPreviousData,
  });

  const countAgain = useThrottledCallback(() => void queries.invalidateQueries({ queryKey: ["runs", "stats"] }), 5_000);
  const readAgain = useThrottledCallback(() => void queries.invalidateQueries({ queryKey: key }), 3_000);
  const readNewer = useThrottledCallback(() => {
    const after = queries.getQueryData<RunPages>(key)?.pages[0]?.items[0]?.id;
    if (after === undefined) return readAgain();
    call("listRuns", { query: { ...asked(), after, limit: pageSize } }).then(
      ({ data }) => {
        if (data.next !== null) readAgain();
        else queries.setQueryData<RunPages>(key, (pages) => pages && withNewer(pages, data.items));
      },
      () => undefined,
    );
  }, 1_000);
  const changed = ({ run }: { run: RunSummary }) => {
    let known = false;
    queries.setQueryData<RunPages>(key, (pages) => {
      const patched = pages && patchRun(pages, run);
      known = patched !== undefined && patched !== pages;
      return patched;
    });
    if (!known) readNewer();
    if (query.show !== undefined) readAgain();
    countAgain();
  };
  const again = () => {
    readAgain();
    countAgain();
  };
  useWatch({ topic: "runs" }, { "run-changed": changed, again });
  return { list, stats };
}
