import type { RunSummary } from "@drawbridge/protocol";
import { useThrottledCallback } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Activity, X } from "lucide-react";
import { call } from "../api/call.ts";
import { useWatch } from "../api/live.ts";
import { Badge } from "../shared/Badge.tsx";
import { EmptyState } from "../shared/EmptyState.tsx";
import { ErrorState } from "../shared/ErrorState.tsx";
import { FilterChips } from "../shared/FilterChips.tsx";
import classes from "../shared/ListPage.module.css";
import { LiveMark } from "../shared/LiveMark.tsx";
import { PageHeader } from "../shared/PageHeader.tsx";
import { SearchField } from "../shared/SearchField.tsx";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { useIsNarrow } from "../shared/use-is-narrow.ts";
import { usePagedList } from "../shared/use-paged-list.ts";
import { usePageTitle } from "../shared/use-page-title.ts";
import { VirtualList } from "../shared/VirtualList.tsx";
import { patchRun, type RunPages } from "./patch-run.ts";
import { RunRow, RunRowHead } from "./RunRow.tsx";

const route = getRouteApi("/signed-in/runs");
const shows = [
  { value: "", label: "All" },
  { value: "running", label: "Running" },
  { value: "asks", label: "Asks a person" },
  { value: "in-doubt", label: "In doubt" },
  { value: "failed", label: "Failed" },
  { value: "succeeded", label: "Succeeded" },
  { value: "cancelled", label: "Cancelled" },
  { value: "paused", label: "Paused" },
] as const;
type Show = (typeof shows)[number]["value"];

/** Every run, newest first, live. */
export function RunsPage() {
  usePageTitle("Runs");
  const { search = "", show = "", playbook } = route.useSearch();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const narrow = useIsNarrow();
  const key = ["runs", "list", { search, show, playbook }] as const;
  const attention = show === "asks" || show === "in-doubt" ? show : undefined;
  const status = show === "" || show === "asks" || show === "in-doubt" ? undefined : show;
  const list = usePagedList(
    key,
    async (cursor, signal) => (await call("listRuns", { query: { search: search || undefined, playbook, status, attention, cursor, limit: 100 }, signal })).data,
  );

  const readAgain = useThrottledCallback(() => void queries.invalidateQueries({ queryKey: ["runs", "list"] }), 2_000);
  const changed = ({ run }: { run: RunSummary }) => {
    let known = false;
    queries.setQueryData<RunPages>(key, (pages) => {
      const patched = pages && patchRun(pages, run);
      known = patched !== undefined && patched !== pages;
      return patched;
    });
    if (!known || show !== "") readAgain();
  };
  useWatch({ topic: "runs" }, { "run-changed": changed, again: readAgain });
  const change = (next: { search?: string | undefined; show?: Show | undefined; playbook?: string | undefined }) =>
    void navigate({
      search: (earlier) => ({
        ...earlier,
        ...next,
        search: ("search" in next ? next.search : earlier.search) || undefined,
        show: ("show" in next ? next.show : earlier.show) || undefined,
      }),
      replace: true,
    });

  return (
    <>
      <PageHeader
        title="Runs"
        count={list.total}
        actions={
          <>
            <LiveMark />
            <SearchField value={search} onChange={(value) => change({ search: value })} placeholder="Search playbook, case or run" width={narrow ? "100%" : 280} />
          </>
        }
      >
        {playbook !== undefined && (
          <Badge tone="accent">
            {playbook}
            <button type="button" className={classes.drop} aria-label="Runs of all playbooks" onClick={() => change({ playbook: undefined })}>
              <X size={12} aria-hidden />
            </button>
          </Badge>
        )}
        <FilterChips<Show> label="Which runs" chips={shows} value={show} onChange={(value) => change({ show: value })} />
      </PageHeader>
      <div className={classes.content} data-stale={list.stale || undefined}>
        {list.error && list.items.length === 0 ? (
          <ErrorState error={list.error} retry={list.again} />
        ) : list.pending ? (
          <div className={`card ${classes.list}`}>
            <SkeletonRows rows={8} what="the runs" retry={list.again} />
          </div>
        ) : list.items.length === 0 ? (
          <div className="card">
            {search !== "" || show !== "" || playbook !== undefined ? (
              <EmptyState icon={Activity} title="No run matches" action={<Link to="/runs">Show all runs</Link>} />
            ) : (
              <EmptyState icon={Activity} title="Nothing has run yet" action={<Link to="/playbooks">To the playbooks</Link>}>
                Start a playbook, or wait for an alert; every run appears here as it begins.
              </EmptyState>
            )}
          </div>
        ) : (
          <div className={`card ${classes.list}`}>
            <VirtualList items={list.items} keyOf={(run) => run.id} height={narrow ? 60 : 49} label="Runs" head={<RunRowHead />} more={list.more}>
              {(run) => <RunRow run={run} />}
            </VirtualList>
          </div>
        )}
      </div>
    </>
  );
}
