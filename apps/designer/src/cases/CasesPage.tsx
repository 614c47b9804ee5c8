import { Button } from "@mantine/core";
import { useThrottledCallback } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Briefcase, Plus } from "lucide-react";
import { useState } from "react";
import { call } from "../api/call.ts";
import { useWatch } from "../api/live.ts";
import { useMay } from "../api/session.ts";
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
import { CaseCard } from "./CaseCard.tsx";
import { CaseRow, CaseRowHead } from "./CaseRow.tsx";
import { OpenCaseDialog } from "./OpenCaseDialog.tsx";

const route = getRouteApi("/signed-in/cases");

/** The queue: what is open, what has no owner, what runs out of time. */
export function CasesPage() {
  usePageTitle("Cases");
  const { search = "", view = "open" } = route.useSearch();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const narrow = useIsNarrow();
  const mayOpen = useMay("analyst");
  const [opening, setOpening] = useState(false);
  const readAgain = useThrottledCallback(() => void queries.invalidateQueries({ queryKey: ["cases"] }), 1_000);
  useWatch({ topic: "cases" }, { "case-changed": readAgain, "case-gone": readAgain, again: readAgain });
  const list = usePagedList(
    ["cases", { search, view }],
    async (cursor, signal) => (await call("listCases", { query: { view, search: search || undefined, cursor, limit: 100 }, signal })).data,
  );
  const counts = list.first?.counts;
  const views = [
    { value: "open", label: "Open", count: counts?.open },
    { value: "unowned", label: "No owner", count: counts?.unowned },
    { value: "mine", label: "Mine", count: counts?.mine },
    { value: "at-risk", label: "At risk", count: counts?.atRisk },
    { value: "closed", label: "Closed", count: counts?.closed },
  ] as const;
  type View = (typeof views)[number]["value"] | "all";
  const change = (next: { search?: string; view?: View }) =>
    void navigate({
      search: (earlier) => ({
        search: (next.search ?? earlier.search) || undefined,
        view: (next.view ?? earlier.view ?? "open") === "open" ? undefined : (next.view ?? earlier.view),
      }),
      replace: true,
    });

  return (
    <>
      <PageHeader
        title="Cases"
        count={narrow ? undefined : list.total}
        actions={
          <>
            <LiveMark />
            {!narrow && <SearchField value={search} onChange={(value) => change({ search: value })} placeholder="Search title, person or id" />}
            {mayOpen && !narrow && (
              <Button leftSection={<Plus size={16} strokeWidth={1.75} aria-hidden />} onClick={() => setOpening(true)}>
                Open a case
              </Button>
            )}
          </>
        }
      >
        <FilterChips<View> label="Which cases" chips={views} value={view} onChange={(value) => change({ view: value })} />
      </PageHeader>
      <div className={classes.content} data-stale={list.stale || undefined}>
        {list.error && list.items.length === 0 ? (
          <ErrorState error={list.error} retry={list.again} />
        ) : list.pending ? (
          <div className={`card ${classes.list}`}>
            <SkeletonRows rows={8} height={56} what="the cases" retry={list.again} />
          </div>
        ) : list.items.length === 0 ? (
          <div className="card">
            {search !== "" || view !== "open" ? (
              <EmptyState
                icon={Briefcase}
                title="No case here"
                action={
                  <Button variant="default" onClick={() => change({ search: "", view: "open" })}>
                    Show open cases
                  </Button>
                }
              >
                {search === "" ? "Nothing is in this view now." : "Titles, people and ids were searched."}
              </EmptyState>
            ) : (
              <EmptyState icon={Briefcase} title="Nothing to investigate" action={mayOpen && <Button onClick={() => setOpening(true)}>Open a case</Button>}>
                When a playbook opens a case for an alert, it appears here at once, with its clock running.
              </EmptyState>
            )}
          </div>
        ) : narrow ? (
          <VirtualList items={list.items} keyOf={(summary) => summary.id} height={114} gap={8} label="Cases" more={list.more}>
            {(summary) => <CaseCard summary={summary} />}
          </VirtualList>
        ) : (
          <div className={`card ${classes.list}`}>
            <VirtualList items={list.items} keyOf={(summary) => summary.id} height={56} label="Cases" head={<CaseRowHead />} more={list.more}>
              {(summary) => <CaseRow summary={summary} />}
            </VirtualList>
          </div>
        )}
      </div>
      {opening && <OpenCaseDialog onClose={() => setOpening(false)} />}
    </>
  );
}
