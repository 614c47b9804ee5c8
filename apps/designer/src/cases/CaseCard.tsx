import type { CaseSummary } from "@drawbridge/protocol";
import { Link } from "@tanstack/react-router";
import { Lock } from "lucide-react";
import { Avatar } from "../shared/Avatar.tsx";
import { Badge } from "../shared/Badge.tsx";
import { SlaBar, SlaMark } from "../shared/SlaBar.tsx";
import { slaLook } from "../shared/sla-state.ts";
import { useNow } from "../shared/use-now.ts";
import classes from "./CaseCard.module.css";
import { CaseStatusMark } from "./CaseStatusMark.tsx";

/** One case in the queue of a phone. */
export function CaseCard({ summary }: { summary: CaseSummary }) {
  const now = useNow(1_000);
  return (
    <Link to="/cases/$id" params={{ id: summary.id }} className={classes.card} data-tone={summary.sla ? slaLook(summary.sla, now).tone : "skip"}>
      <span className={classes.title}>
        <b className="cut">{summary.title}</b>
        <span className={classes.clock}>{summary.sla ? <SlaMark clock={summary.sla} /> : <CaseStatusMark status={summary.status} />}</span>
      </span>
      <span className={`${classes.subject} cut`}>{summary.subject === "" ? summary.type : summary.subject}</span>
      <span className={classes.bar}>{summary.sla && <SlaBar clock={summary.sla} height={4} />}</span>
      <span className={classes.foot}>
        <span className="num">{summary.id}</span>
        {summary.isNew && <Badge tone="run">New</Badge>}
        {summary.restricted && (
          <Badge tone="plum">
            <Lock size={12} strokeWidth={2} aria-hidden />
            Restricted
          </Badge>
        )}
        <span className={classes.owner}>
          {summary.owner ? (
            <>
              <Avatar person={summary.owner} size={22} />
              {summary.owner.name}
            </>
          ) : (
            <b>No owner</b>
          )}
        </span>
      </span>
    </Link>
  );
}
