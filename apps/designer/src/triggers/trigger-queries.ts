import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { call } from "../api/call.ts";

/** One trigger. */
export const triggerQuery = (id: string) =>
  queryOptions({ queryKey: ["triggers", "one", id], queryFn: async ({ signal }) => (await call("getTrigger", { params: { id }, signal })).data });

/** When a cron expression fires next. */
export const ticksQuery = (cron: string, zone: string) =>
  queryOptions({
    queryKey: ["triggers", "ticks", cron, zone],
    queryFn: async ({ signal }) => (await call("previewSchedule", { query: { cron, zone }, signal })).data.next,
    enabled: cron !== "",
    retry: false,
  });

/** Reads every list of triggers again, and each trigger that is shown. */
export const readTriggersAgain = (queries: QueryClient): void => void queries.invalidateQueries({ queryKey: ["triggers"] });
