import type { PlaybookSummary, PlaybookUses } from "@drawbridge/protocol";
import { Drawer } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { BellRing, Cable, CalendarClock, CircleCheck, CircleX, Webhook, Workflow } from "lucide-react";
import type { ReactNode } from "react";
import { call } from "../api/call.ts";
import { Badge } from "../shared/Badge.tsx";
import { ErrorState } from "../shared/ErrorState.tsx";
import { countText, durationText } from "../shared/format.ts";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { CallGraph } from "./CallGraph.tsx";
import classes from "./UsesDrawer.module.css";

/** Where a playbook is used, what it uses, and how it fares. */
export function UsesDrawer({ playbook, onClose }: { playbook: Pick<PlaybookSummary, "id" | "name">; onClose: () => void }) {
  const uses = useQuery({ queryKey: ["playbook", playbook.id, "uses"], queryFn: async ({ signal }) => (await call("getUses", { params: { id: playbook.id }, signal })).data });
  return (
    <Drawer opened onClose={onClose} position="right" size="min(820px, 100%)" title={`Where ${playbook.name} is used`}>
      {uses.error && <ErrorState error={uses.error} retry={() => void uses.refetch()} />}
      {uses.isPending && <SkeletonRows rows={6} what="where it is used" retry={() => void uses.refetch()} />}
      {uses.data && <Uses id={playbook.id} uses={uses.data} />}
    </Drawer>
  );
}

function Uses({ id, uses }: { id: string; uses: PlaybookUses }) {
  const { health, graph, calledBy, connections, triggers, alerts } = uses;
  const decided = health.succeeded + health.failed;
  return (
    <div className={classes.parts}>
      <Part title="Last runs" count={null} empty="It has not run yet.">
        {health.runs > 0 && (
          <div className={classes.health}>
            <span className={classes.figure}>
              <b className="num">{decided === 0 ? "–" : `${Math.round((health.failed / decided) * 100)} %`}</b> failed
            </span>
            <span className={classes.figure}>
              <CircleCheck size={14} aria-hidden className={classes.ok} /> <b className="num">{health.succeeded}</b> succeeded
            </span>
            <span className={classes.figure}>
              <CircleX size={14} aria-hidden className={classes.fail} /> <b className="num">{health.failed}</b> failed
            </span>
            {health.cancelled > 0 && (
              <span className={classes.figure}>
                <b className="num">{health.cancelled}</b> cancelled
              </span>
            )}
            {health.medianMs !== null && (
              <span className={classes.figure}>
                <b className="num">{durationText(health.medianMs)}</b> half of them took at most
              </span>
            )}
            <span className="secondary">of the last {countText(health.runs, "run")} that ended</span>
          </div>
        )}
      </Part>
      <Part title="Calls" count={null} empty="It calls no playbook, and none calls it.">
        {graph.edges.length > 0 && <CallGraph id={id} graph={graph} />}
      </Part>
      <Part title="Called by" count={calledBy.length} empty="No playbook calls it.">
        {calledBy.map((each) => (
          <li key={each.id} className={classes.row}>
            <Workflow size={15} aria-hidden />
            <Link to="/playbooks/$id" params={{ id: each.id }} className="cut grow">
              {each.name}
            </Link>
            <Badge>{each.live === null ? "Draft" : `v${each.live}`}</Badge>
          </li>
        ))}
      </Part>
      <Part title="Connections it uses" count={connections.length} empty="It names no connection.">
        {connections.map((each) => (
          <li key={each.id} className={classes.row}>
            <Cable size={15} aria-hidden />
            <span className="cut grow">
              {each.name ?? each.id} <span className="secondary">{each.integration ?? each.id}</span>
            </span>
            {each.integration === null && <Badge tone="fail">not here</Badge>}
          </li>
        ))}
      </Part>
      <Part title="What starts it" count={alerts.length + triggers.length} empty="Nothing starts it but people and other playbooks.">
        {[
          ...alerts.map((connection) => (
            <li key={`alert ${connection}`} className={classes.row}>
              <BellRing size={15} aria-hidden />
              <span className="cut grow">Alerts of {connection}</span>
            </li>
          )),
          ...triggers.map((each) => (
            <li key={each.id} className={classes.row}>
              {each.kind === "webhook" ? <Webhook size={15} aria-hidden /> : <CalendarClock size={15} aria-hidden />}
              <Link to="/triggers/$id" params={{ id: each.id }} className="cut grow">
                {each.name}
              </Link>
              <Badge tone={each.enabled ? "ok" : "plain"}>{each.enabled ? "on" : "off"}</Badge>
            </li>
          )),
        ]}
      </Part>
    </div>
  );
}

function Part({ title, count, empty, children }: { title: string; count: number | null; empty: string; children: ReactNode }) {
  const nothing = children === false || (Array.isArray(children) && children.length === 0);
  return (
    <section aria-label={title}>
      <h3 className={classes.title}>
        {title} {count !== null && count > 0 && <span className="num muted">{count}</span>}
      </h3>
      {nothing ? <p className="secondary">{empty}</p> : Array.isArray(children) ? <ul className={classes.list}>{children}</ul> : children}
    </section>
  );
}
