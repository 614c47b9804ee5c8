import { queryOptions } from "@tanstack/react-query";
import { call } from "../api/call.ts";

/** Playbooks with a live version, the last run ones first. */
export const startableQuery = queryOptions({
  queryKey: ["playbooks", "to-start"],
  queryFn: async ({ signal }) => (await call("listPlaybooks", { query: { sort: "last-run", limit: 500 }, signal })).data.items.filter((playbook) => playbook.live !== null),
});
