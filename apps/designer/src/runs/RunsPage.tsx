import type { RunQuery } from "@drawbridge/protocol";
import { Button } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Activity, ArrowUp, ChartNoAxesColumn, SlidersHorizontal } from "lucide-react";
import { useRef, useState } from "react";
import { EmptyState } from "../shared/EmptyState.tsx";
import { ErrorState } from "../shared/ErrorState.tsx";
import { FilterChips } from "../shared/FilterChips.tsx";
import { countText, dayAndClockText } from "../shared/format.ts";
import listClasses from "../shared/ListPage.module.css";
import { LiveMark } from "../shared/LiveMark.tsx";
import { PageHeader } from "../shared/PageHeader.tsx";
import { SearchField } from "../shared/SearchField.tsx";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { useIsNarrow } from "../shared/use-is-narrow.ts";
import { usePageTitle } from "../shared/use-page-title.ts";
import { VirtualList } from "../shared/VirtualList.tsx";
import { filtersSet, tidy } from "./run-query.ts";
import { RunFilters } from "./RunFilters.tsx";
import { RunOverview } from "./RunOverview.tsx";
import { RunRow, RunRowHead } from "./RunRow.tsx";
import classes from "./RunsPage.module.css";
import { RunViewsMenu } from "./RunViewsMenu.tsx";
import { useRunList } from "./use-run-list.ts";

const route = getRouteApi("/signed-in/runs");
type Show = NonNullable<RunQuery["show"]> | "";

/** Every run, newest first, live; searched and counted on the server. */
export function RunsPage() {
  usePageTitle("Runs");
  const query = tidy(route.useSearch());
  const navigate = route.useNavigate();
  const narrow = useIsNarrow();
  const { list, stats } = useRunList(query);
  const counts = stats.data;
  const set = filtersSet(query);
  const [filtering, setFiltering] = useState(set > 0);
  const [counted, setCounted] = useLocalStorage({ key: "drawbridge-runs-overview", defaultValue: !narrow, getInitialValueInEffect: false });
  const scroller = useRef<{ readonly toTop: () => void }>(null);
  /** The newest run when the top was left; null while it is seen. */
  const [left, setLeft] = useState<string | null>(null);
  const newest = list.items[0]?.id ?? null;
  const newer =
    left === null
      ? 0
      : Math.max(
          0,
          list.items.findIndex(({ id }) => id === left),
        );
  const go = (next: RunQuery) => {
    setLeft(null);
    void navigate({ search: tidy(next), replace: true });
  };
  const change = (part: RunQuery) => go({ ...query, ...part });
  const chips = [
    { value: "", label: "All", count: counts?.runs },
    { value: "running", label: "Running", count: counts?.states.running },
    { value: "asks", label: "Asks a person", count: counts?.asks },
    { value: "in-doubt", label: "In doubt", count: counts?.inDoubt },
    { value: "failed", label: "Failed", count: counts?.states.failed },
    { value: "succeeded", label: "Succeeded", count: counts?.states.succeeded },
    { value: "cancelled", label: "Cancelled", count: counts?.states.cancelled },
    { value: "paused", label: "Paused", count: counts?.states.paused },
  ] as const;
  const looked = list.first?.looked;

  return (
    <>
      <PageHeader
        title="Runs"
        count={list.total}
        actions={
          <>
            <LiveMark />
            <RunViewsMenu query={query} onChoose={(chosen) => (setFiltering(filtersSet(chosen) > 0), go(chosen))} />
            <SearchField value={query.search ?? ""} onChange={(search) => change({ search })} placeholder="Search playbook, case or run" width={narrow ? "100%" : 260} />
          </>
        }
      >
        <FilterChips<Show> label="Which runs" chips={chips} value={query.show ?? ""} onChange={(show) => change({ show: show === "" ? undefined : show })} />
        <span className="grow" />
        <Button
          variant={set > 0 ? "light" : "subtle"}
          color={set > 0 ? "iris" : "gray"}
          size="xs"
          aria-expanded={filtering}
          leftSection={<SlidersHorizontal size={14} aria-hidden />}
          onClick={() => setFiltering(!filtering)}
        >
          {set > 0 ? `Filters (${set})` : "Filters"}
        </Button>
        <Button variant="subtle" color="gray" size="xs" aria-expanded={counted} leftSection={<ChartNoAxesColumn size={14} aria-hidden />} onClick={() => setCounted(!counted)}>
          By playbook
        </Button>
      </PageHeader>
      {filtering && <RunFilters query={query} stats={counts} onChange={change} />}
      <div className={listClasses.content} data-stale={list.stale || undefined}>
        {counted && stats.error && !counts && <ErrorState error={stats.error} retry={() => void stats.refetch()} />}
        {counted && counts && counts.playbooks.length > 0 && <RunOverview stats={counts} onChoose={(playbook) => (setFiltering(true), change({ playbook }))} />}
        {looked?.complete === false && (
          <p className={classes.looked} role="status">
            {looked.since === null
              ? "What the newest runs were started with is not searchable yet; it will be within seconds."
              : `There are too many runs to search them all: runs since ${dayAndClockText(looked.since)} were. Set a time to look further back.`}
          </p>
        )}
        {list.error && list.items.length === 0 ? (
          <ErrorState error={list.error} retry={list.again} />
        ) : list.pending ? (
          <div className={`card ${listClasses.list}`}>
            <SkeletonRows rows={8} what="the runs" retry={list.again} />
          </div>
        ) : list.items.length === 0 ? (
          <div className="card">
            {Object.keys(query).length > 0 ? (
              <EmptyState icon={Activity} title="No run matches" action={<Link to="/runs">Show all runs</Link>} />
            ) : (
              <EmptyState icon={Activity} title="Nothing has run yet" action={<Link to="/playbooks">To the playbooks</Link>}>
                Start a playbook, or wait for an alert; every run appears here as it begins.
              </EmptyState>
            )}
          </div>
        ) : (
          <div className={`card ${listClasses.list} ${classes.list}`}>
            {newer > 0 && (
              <button type="button" className={classes.newer} onClick={() => scroller.current?.toTop()}>
                <ArrowUp size={13} aria-hidden />
                {countText(newer, "newer run")}
              </button>
            )}
            <VirtualList
              ref={scroller}
              items={list.items}
              keyOf={(run) => run.id}
              height={narrow ? 60 : 49}
              label="Runs"
              head={<RunRowHead />}
              more={list.more}
              keepsPlace
              onTop={(atTop) => setLeft((earlier) => (atTop ? null : (earlier ?? newest)))}
            >
              {(run) => <RunRow run={run} />}
            </VirtualList>
          </div>
        )}
      </div>
    </>
  );
}
