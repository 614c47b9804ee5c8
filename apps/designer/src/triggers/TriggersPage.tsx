import { Button, Menu } from "@mantine/core";
import { useThrottledCallback } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { CalendarClock, Plus, Webhook, X, Zap } from "lucide-react";
import { call } from "../api/call.ts";
import { useWatch } from "../api/live.ts";
import { useMay } from "../api/session.ts";
import { Badge } from "../shared/Badge.tsx";
import { EmptyState } from "../shared/EmptyState.tsx";
import { ErrorState } from "../shared/ErrorState.tsx";
import { FilterChips } from "../shared/FilterChips.tsx";
import classes from "../shared/ListPage.module.css";
import { PageHeader } from "../shared/PageHeader.tsx";
import { SearchField } from "../shared/SearchField.tsx";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { useIsNarrow } from "../shared/use-is-narrow.ts";
import { usePagedList } from "../shared/use-paged-list.ts";
import { usePageTitle } from "../shared/use-page-title.ts";
import { VirtualList } from "../shared/VirtualList.tsx";
import { NewTriggerDrawer } from "./NewTriggerDrawer.tsx";
import { readTriggersAgain } from "./trigger-queries.ts";
import { TriggerRow, TriggerRowHead } from "./TriggerRow.tsx";

const route = getRouteApi("/signed-in/triggers");
const kinds = [
  { value: "", label: "All" },
  { value: "webhook", label: "Webhooks", icon: Webhook },
  { value: "schedule", label: "Schedules", icon: CalendarClock },
] as const;
const states = [
  { value: "", label: "Any state" },
  { value: "on", label: "On" },
  { value: "off", label: "Off" },
  { value: "failing", label: "Failing" },
] as const;
type Kind = (typeof kinds)[number]["value"];
type State = (typeof states)[number]["value"];

/** Webhooks and schedules of all playbooks, or of one. */
export function TriggersPage() {
  usePageTitle("Triggers");
  const { search = "", kind = "", state = "", playbook, add } = route.useSearch();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const mayEdit = useMay("engineer");
  const narrow = useIsNarrow();
  const list = usePagedList(
    ["triggers", "list", { search, kind, state, playbook }],
    async (cursor, signal) =>
      (await call("listTriggers", { query: { search: search || undefined, kind: kind || undefined, state: state || undefined, playbook, cursor, limit: 100 }, signal })).data,
  );
  const readAgain = useThrottledCallback(() => readTriggersAgain(queries), 2_000);
  useWatch({ topic: "runs" }, { "run-changed": readAgain, again: readAgain });
  const change = (next: { search?: string; kind?: Kind; state?: State; playbook?: string | undefined; add?: "webhook" | "schedule" | undefined }) =>
    void navigate({
      search: (earlier) => {
        const all = { ...earlier, ...next };
        return { ...all, search: all.search || undefined, kind: all.kind || undefined, state: all.state || undefined };
      },
      replace: true,
    });
  const filtered = search !== "" || kind !== "" || state !== "" || playbook !== undefined;

  return (
    <>
      <PageHeader
        title="Triggers"
        count={list.total}
        actions={
          <>
            <SearchField value={search} onChange={(value) => change({ search: value })} placeholder="Search triggers and playbooks" width={narrow ? "100%" : 280} />
            {mayEdit && (
              <Menu position="bottom-end" width={200}>
                <Menu.Target>
                  <Button leftSection={<Plus size={16} strokeWidth={1.75} aria-hidden />}>New trigger</Button>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item leftSection={<Webhook size={15} aria-hidden />} onClick={() => change({ add: "webhook" })}>
                    Webhook
                  </Menu.Item>
                  <Menu.Item leftSection={<CalendarClock size={15} aria-hidden />} onClick={() => change({ add: "schedule" })}>
                    Schedule
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            )}
          </>
        }
      >
        {playbook !== undefined && (
          <Badge tone="accent">
            {playbook}
            <button type="button" className={classes.drop} aria-label="Triggers of all playbooks" onClick={() => change({ playbook: undefined })}>
              <X size={12} aria-hidden />
            </button>
          </Badge>
        )}
        <FilterChips<Kind> label="Which kind" chips={kinds} value={kind} onChange={(value) => change({ kind: value })} />
        <FilterChips<State> label="Which state" chips={states} value={state} onChange={(value) => change({ state: value })} />
      </PageHeader>
      <div className={classes.content} data-stale={list.stale || undefined}>
        {list.error && list.items.length === 0 ? (
          <ErrorState error={list.error} retry={list.again} />
        ) : list.pending ? (
          <div className={`card ${classes.list}`}>
            <SkeletonRows rows={8} what="the triggers" retry={list.again} />
          </div>
        ) : list.items.length === 0 ? (
          <div className="card">
            {search !== "" || kind !== "" || state !== "" ? (
              <EmptyState
                icon={Zap}
                title="No trigger matches"
                action={
                  <Link to="/triggers" search={{ playbook }}>
                    Show all {filtered && playbook !== undefined ? "of this playbook" : "triggers"}
                  </Link>
                }
              />
            ) : (
              <EmptyState
                icon={Zap}
                title={playbook === undefined ? "Nothing starts by itself yet" : "No webhook or schedule starts this playbook"}
                action={
                  mayEdit && (
                    <>
                      <Button onClick={() => change({ add: "webhook" })}>New webhook</Button>
                      <Button variant="default" onClick={() => change({ add: "schedule" })}>
                        New schedule
                      </Button>
                    </>
                  )
                }
              >
                A webhook starts a playbook when another system calls its address, a schedule at set times. Alert intake is part of the playbook itself.
              </EmptyState>
            )}
          </div>
        ) : (
          <div className={`card ${classes.list}`}>
            <VirtualList items={list.items} keyOf={(trigger) => trigger.id} height={narrow ? 60 : 52} label="Triggers" head={<TriggerRowHead />} more={list.more}>
              {(trigger) => <TriggerRow trigger={trigger} />}
            </VirtualList>
          </div>
        )}
      </div>
      {add !== undefined && mayEdit && <NewTriggerDrawer kind={add} playbook={playbook} onClose={() => change({ add: undefined })} />}
    </>
  );
}
