import type { CaseSummary } from "@drawbridge/protocol";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Lock } from "lucide-react";
import { useMay, useSession } from "../api/session.ts";
import { Avatar } from "../shared/Avatar.tsx";
import { Badge } from "../shared/Badge.tsx";
import { RelativeTime } from "../shared/RelativeTime.tsx";
import { SlaBar, SlaMark } from "../shared/SlaBar.tsx";
import { wordsText } from "../shared/format.ts";
import classes from "./CaseRow.module.css";
import { CaseStatusMark } from "./CaseStatusMark.tsx";
import { SeverityMark } from "./SeverityMark.tsx";
import { useAssign } from "./use-assign.ts";

/** The heads of the queue's columns. */
export function CaseRowHead() {
  return (
    <div className={`${classes.row} ${classes.head}`} aria-hidden>
      <span>Case</span>
      <span>Severity</span>
      <span>Time to resolve</span>
      <span>Status</span>
      <span>Owner</span>
      <span>Opened</span>
    </div>
  );
}

/** One case in the queue. */
export function CaseRow({ summary }: { summary: CaseSummary }) {
  return (
    <article className={classes.row} aria-label={`${summary.id}, ${summary.title}`}>
      <div className={classes.name}>
        <span className="row">
          <Link to="/cases/$id" params={{ id: summary.id }} className={`${classes.link} cut`}>
            {summary.title}
          </Link>
          {summary.isNew && <Badge tone="run">New</Badge>}
          {summary.restricted && (
            <Badge tone="plum" title="Only its members can see that it exists">
              <Lock size={12} strokeWidth={2} aria-hidden />
              Restricted
            </Badge>
          )}
        </span>
        <span className={`${classes.facts} cut`}>
          <span className="num">{summary.id}</span>
          {summary.subject === "" ? "" : `, ${summary.subject}`}, {wordsText(summary.type).toLowerCase()}
          {summary.parent === null ? "" : `, child of ${summary.parent}`}
        </span>
      </div>
      <SeverityMark severity={summary.severity} />
      <div className={classes.sla}>
        {summary.sla ? (
          <>
            <SlaMark clock={summary.sla} />
            <SlaBar clock={summary.sla} height={4} />
          </>
        ) : (
          <span className="muted">No clock</span>
        )}
      </div>
      <CaseStatusMark status={summary.status} />
      <OwnerCell summary={summary} />
      <span className="secondary">
        <RelativeTime at={summary.createdAt} />
      </span>
    </article>
  );
}

function OwnerCell({ summary }: { summary: CaseSummary }) {
  const session = useSession();
  const may = useMay("analyst");
  const assign = useAssign(summary.id);
  if (summary.owner) {
    return (
      <span className="row">
        <Avatar person={summary.owner} size={22} />
        <span className="cut">{summary.owner.name}</span>
      </span>
    );
  }
  if (!may || !session || summary.status === "closed") return <b>No owner</b>;
  return (
    <span className={classes.above}>
      <Button size="xs" variant="default" loading={assign.isPending} onClick={() => assign.mutate(session.person.email)} aria-label={`Take ownership of ${summary.id}`}>
        Take ownership
      </Button>
    </span>
  );
}
