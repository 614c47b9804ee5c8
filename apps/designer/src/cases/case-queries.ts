import type { CaseDetail } from "@drawbridge/protocol";
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { call } from "../api/call.ts";

/** One case with its facts. */
export const caseQuery = (id: string) =>
  queryOptions({ queryKey: ["case", id, "detail"], queryFn: async ({ signal }) => (await call("getCase", { params: { id }, signal })).data });

/** The runs that work on a case, newest first. */
export const caseRunsQuery = (id: string) =>
  queryOptions({ queryKey: ["case", id, "runs"], queryFn: async ({ signal }) => (await call("listRuns", { query: { caseId: id, limit: 100 }, signal })).data });

/** Questions of the case's runs. */
export const caseAsksQuery = (id: string) =>
  queryOptions({ queryKey: ["asks", "case", id], queryFn: async ({ signal }) => (await call("listAsks", { query: { caseId: id, state: "all", limit: 100 }, signal })).data });

/** Takes a changed case as answered. */
export function keepCase(queries: QueryClient, detail: CaseDetail): void {
  queries.setQueryData(caseQuery(detail.id).queryKey, detail);
  void queries.invalidateQueries({ queryKey: ["cases"] });
}
