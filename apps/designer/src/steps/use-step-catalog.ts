import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { call } from "../api/call.ts";
import { catalogQuery } from "../api/catalog.ts";
import { type StepCatalog, stepCatalogOf } from "./step-catalog.ts";

/** What drawing a playbook may know of actions, connections and other playbooks; null until it is read. */
export function useStepCatalog(): { readonly catalog: StepCatalog | null; readonly error: Error | null; readonly again: () => void } {
  const facts = useQuery(catalogQuery);
  const connections = useQuery({ queryKey: ["connections"], queryFn: async ({ signal }) => (await call("listConnections", { signal })).data.items });
  const playbooks = useQuery({
    queryKey: ["playbooks", "names"],
    queryFn: async ({ signal }) => (await call("listPlaybooks", { query: { limit: 500 }, signal })).data.items.map(({ id, name }) => ({ id, name })),
  });
  const settled = facts.data && !connections.isPending && !playbooks.isPending;
  const catalog = useMemo(
    () => (settled ? stepCatalogOf(facts.data, connections.data ?? [], playbooks.data ?? []) : null),
    [settled, facts.data, connections.data, playbooks.data],
  );
  return { catalog, error: facts.error, again: () => void facts.refetch() };
}
