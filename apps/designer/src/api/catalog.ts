import { queryOptions, useQuery } from "@tanstack/react-query";
import { type Answer, call } from "./call.ts";

/** Integrations and their actions; they change only when the server does. */
export const catalogQuery = queryOptions({ queryKey: ["catalog"], queryFn: async ({ signal }) => (await call("getCatalog", { signal })).data, staleTime: 10 * 60_000 });

export function useCatalog(): Answer<"getCatalog"> | undefined {
  return useQuery(catalogQuery).data;
}
