import { useQuery } from "@tanstack/react-query";
import { call } from "../api/call.ts";

/** People who can sign in and match a search. */
export function usePeople(search: string, enabled = true) {
  return useQuery({
    queryKey: ["people", search],
    queryFn: async ({ signal }) => (await call("listPeople", { query: { search: search || undefined, limit: 50 }, signal })).data.items,
    enabled,
    placeholderData: (earlier) => earlier,
    staleTime: 60_000,
  });
}
