import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { call } from "../api/call.ts";
import { catalogQuery } from "../api/catalog.ts";
import { useConnection } from "../api/live.ts";
import { ErrorState } from "../shared/ErrorState.tsx";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { usePageTitle } from "../shared/use-page-title.ts";
import { emptyCatalog, stepCatalogOf } from "../steps/step-catalog.ts";
import classes from "./RunView.module.css";
import { RunView } from "./RunView.tsx";
import { useRun } from "./use-run.ts";

/** One run: live while it lasts, and at any of its events. */
export function RunPage({ id }: { id: string }) {
  const { detail, history, error } = useRun(id);
  const facts = useQuery(catalogQuery);
  const connections = useQuery({ queryKey: ["connections"], queryFn: async ({ signal }) => (await call("listConnections", { signal })).data.items });
  const catalog = useMemo(() => (facts.data ? stepCatalogOf(facts.data, connections.data ?? []) : emptyCatalog), [facts.data, connections.data]);
  const lost = useConnection(({ state }) => state === "lost");
  usePageTitle(detail.data ? `${detail.data.run.playbook.name}, run ${id}` : `Run ${id}`);
  if (error) return <ErrorState error={error} retry={() => void detail.refetch()} />;
  if (!detail.data || !history?.run)
    return (
      <>
        {lost && <p className={classes.unreached}>The live connection cannot be made yet; it is tried again every few seconds.</p>}
        <SkeletonRows what="the run" />
      </>
    );
  return <RunView detail={detail.data} history={history} catalog={catalog} />;
}
