import { queryOptions } from "@tanstack/react-query";
import { call } from "./call.ts";

/** How many questions wait for whoever is signed in. */
export const openAskCountQuery = queryOptions({
  queryKey: ["asks", "count"],
  queryFn: async ({ signal }) => (await call("listAsks", { query: { state: "open", mine: "true", limit: 1 }, signal })).data.total,
});
