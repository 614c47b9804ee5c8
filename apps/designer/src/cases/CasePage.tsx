import type { CaseDetail } from "@drawbridge/protocol";
import { Button, Drawer, Tabs } from "@mantine/core";
import { useMediaQuery, useThrottledCallback } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { MessagesSquare, UserRound } from "lucide-react";
import { useState } from "react";
import { useWatch } from "../api/live.ts";
import { useMay, useSession } from "../api/session.ts";
import { EmptyState } from "../shared/EmptyState.tsx";
import { ErrorState } from "../shared/ErrorState.tsx";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { useIsNarrow } from "../shared/use-is-narrow.ts";
import { usePageTitle } from "../shared/use-page-title.ts";
import { caseQuery } from "./case-queries.ts";
import { CaseHeader } from "./CaseHeader.tsx";
import classes from "./CasePage.module.css";
import { EvidenceTab } from "./EvidenceTab.tsx";
import { InfoTab } from "./info/InfoTab.tsx";
import { LinkedTab } from "./LinkedTab.tsx";
import { ReportTab } from "./ReportTab.tsx";
import { RunsTab } from "./RunsTab.tsx";
import { TasksTab } from "./TasksTab.tsx";
import { TimelineTab } from "./TimelineTab.tsx";
import { useAssign } from "./use-assign.ts";
import { useWarRoom } from "./war-room/use-war-room.ts";
import { WarRoom } from "./war-room/WarRoom.tsx";

const route = getRouteApi("/signed-in/cases/$id");

/** One case, live. */
export function CasePage({ id }: { id: string }) {
  usePageTitle(id);
  const queries = useQueryClient();
  const detail = useQuery(caseQuery(id));
  const room = useWarRoom(id);
  const [gone, setGone] = useState(false);
  const readDetail = useThrottledCallback(() => void queries.invalidateQueries({ queryKey: ["case", id, "detail"] }), 500);
  const readRuns = useThrottledCallback(() => void queries.invalidateQueries({ queryKey: ["case", id, "runs"] }), 500);
  const readAll = () => void queries.invalidateQueries({ queryKey: ["case", id] });
  useWatch(
    { topic: "case", id },
    {
      "case-changed": (message) => {
        if (message.id !== id) return;
        readDetail();
        readRuns();
      },
      "case-entries": (message) => {
        if (message.id !== id) return;
        room.add(message.entries);
        void queries.invalidateQueries({ queryKey: ["case", id, "war-room", "latest"] });
      },
      "case-gone": (message) => {
        if (message.id === id) setGone(true);
      },
      again: readAll,
    },
  );
  useWatch({ topic: "runs" }, { "run-changed": ({ run }) => (run.caseId === id ? readRuns() : undefined) });

  if (gone) {
    return (
      <EmptyState title="This case cannot be shown any more" action={<Link to="/cases">To the cases</Link>}>
        It is gone, or you are no longer on its team.
      </EmptyState>
    );
  }
  if (detail.error && !detail.data) return <ErrorState error={detail.error} retry={() => void detail.refetch()} action={<Link to="/cases">To the cases</Link>} />;
  if (!detail.data) return <SkeletonRows rows={10} what="the case" retry={() => void detail.refetch()} />;
  return <Loaded detail={detail.data} room={room} />;
}

function Loaded({ detail, room }: { detail: CaseDetail; room: ReturnType<typeof useWarRoom> }) {
  const { tab = "info" } = route.useSearch();
  const navigate = route.useNavigate();
  const narrow = useIsNarrow();
  const middling = useMediaQuery("(width < 1200px)", false, { getInitialValueInEffect: false });
  const [drawer, setDrawer] = useState(false);
  const shown = tab === "war-room" && !narrow ? "info" : tab;
  const tabs = [
    { value: "info", label: "Info" },
    ...(narrow ? [{ value: "war-room", label: "War room", count: detail.counts.warRoom }] : []),
    { value: "evidence", label: "Evidence", count: detail.evidence.length },
    { value: "tasks", label: "Tasks", count: detail.counts.openAsks },
    { value: "timeline", label: "Timeline" },
    { value: "runs", label: "Runs", count: detail.counts.runs },
    { value: "report", label: "Report", count: detail.reports.length },
    { value: "linked", label: "Linked", count: detail.children.length + detail.linked.length + (detail.parent === null ? 0 : 1) },
  ];
  const warRoom = <WarRoom detail={detail} room={room} />;
  return (
    <div className={classes.page}>
      <div className={classes.main}>
        <CaseHeader detail={detail} />
        <Tabs
          value={shown}
          onChange={(value) => void navigate({ search: { tab: value === "info" ? undefined : (value as typeof tab) }, replace: true })}
          className={classes.tabs}
          keepMounted={false}
        >
          <div className={classes.tabLine}>
            <Tabs.List>
              {tabs.map(({ value, label, count }) => (
                <Tabs.Tab key={value} value={value}>
                  <span className={classes.tabText} data-text={label}>
                    {label}
                  </span>
                  {count !== undefined && <span className={`${classes.count} num`}>{count}</span>}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {middling && !narrow && (
              <Button size="sm" variant="default" leftSection={<MessagesSquare size={14} aria-hidden />} onClick={() => setDrawer(true)}>
                War room
              </Button>
            )}
          </div>
          <div className={classes.content} tabIndex={0} data-flush={shown === "war-room" || undefined}>
            <Tabs.Panel value="info">
              <InfoTab detail={detail} />
            </Tabs.Panel>
            <Tabs.Panel value="evidence">
              <EvidenceTab detail={detail} />
            </Tabs.Panel>
            <Tabs.Panel value="tasks">
              <TasksTab caseId={detail.id} />
            </Tabs.Panel>
            <Tabs.Panel value="timeline">
              <TimelineTab detail={detail} entries={room.entries} />
            </Tabs.Panel>
            <Tabs.Panel value="runs">
              <RunsTab caseId={detail.id} />
            </Tabs.Panel>
            <Tabs.Panel value="report">
              <ReportTab detail={detail} />
            </Tabs.Panel>
            <Tabs.Panel value="linked">
              <LinkedTab detail={detail} />
            </Tabs.Panel>
            {narrow && (
              <Tabs.Panel value="war-room" className={classes.fill}>
                {warRoom}
              </Tabs.Panel>
            )}
          </div>
        </Tabs>
        {narrow && shown === "info" && <Ownership detail={detail} />}
      </div>
      {!middling && <aside className={classes.side}>{warRoom}</aside>}
      {middling && !narrow && (
        <Drawer
          opened={drawer}
          onClose={() => setDrawer(false)}
          position="right"
          size={404}
          withCloseButton={false}
          padding={0}
          classNames={{ body: classes.fill ?? "" }}
          aria-label="War room"
        >
          {warRoom}
        </Drawer>
      )}
    </div>
  );
}

/** On a phone: one button at the bottom, while the case has no owner. */
function Ownership({ detail }: { detail: CaseDetail }) {
  const session = useSession();
  const may = useMay("analyst");
  const assign = useAssign(detail.id);
  if (!session || !may || !detail.mayEdit || detail.status === "closed" || detail.owner !== null) return null;
  return (
    <div className={classes.actions}>
      <Button size="xl" fullWidth leftSection={<UserRound size={18} aria-hidden />} loading={assign.isPending} onClick={() => assign.mutate(session.person.email)}>
        Take ownership
      </Button>
    </div>
  );
}
