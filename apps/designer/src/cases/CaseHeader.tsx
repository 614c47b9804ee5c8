import type { CaseDetail } from "@drawbridge/protocol";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Check, ChevronLeft, ChevronRight, FileText, Lock, UserRound } from "lucide-react";
import { useState } from "react";
import { Badge } from "../shared/Badge.tsx";
import { SlaBar, SlaMark } from "../shared/SlaBar.tsx";
import { useIsNarrow } from "../shared/use-is-narrow.ts";
import classes from "./CaseHeader.module.css";
import { CloseCaseDialog } from "./CloseCaseDialog.tsx";
import { OwnerMenu } from "./OwnerMenu.tsx";
import { RestrictedMark } from "./RestrictedMark.tsx";
import { RunPlaybookMenu } from "./RunPlaybookMenu.tsx";
import { SeverityMark } from "./SeverityMark.tsx";
import { SeverityMenu, StatusMenu } from "./SeverityMenu.tsx";
import { SlaMenu } from "./SlaMenu.tsx";
import { useCreateReport } from "./use-create-report.ts";

/** Which case this is, how it stands, and what can be done with it. */
export function CaseHeader({ detail }: { detail: CaseDetail }) {
  const narrow = useIsNarrow();
  return narrow ? <Narrow detail={detail} /> : <Wide detail={detail} />;
}

function Wide({ detail }: { detail: CaseDetail }) {
  const [dialog, setDialog] = useState<"close" | null>(null);
  const report = useCreateReport(detail.id);
  const clock = detail.sla;
  const child = detail.children[0];
  return (
    <header className={classes.header}>
      <div className={classes.line}>
        <nav aria-label="Where this is" className="row">
          <Link to="/cases">Cases</Link>
          <ChevronRight size={14} className="muted" aria-hidden />
          {detail.parent !== null && (
            <>
              <Link to="/cases/$id" params={{ id: detail.parent }}>
                {detail.parent}
              </Link>
              <ChevronRight size={14} className="muted" aria-hidden />
            </>
          )}
          <span className="num">{detail.id}</span>
        </nav>
        <span className="grow" />
        {detail.mayEdit && (
          <>
            <RunPlaybookMenu caseId={detail.id} />
            <Button variant="default" leftSection={<FileText size={15} strokeWidth={1.75} aria-hidden />} loading={report.isPending} onClick={() => report.mutate()}>
              Report
            </Button>
            {detail.status !== "closed" && (
              <Button leftSection={<Check size={15} strokeWidth={2} aria-hidden />} onClick={() => setDialog("close")}>
                Close case
              </Button>
            )}
          </>
        )}
      </div>
      <div className={classes.titles}>
        <h1 className="cut">{detail.title}</h1>
        <span className={`${classes.subject} cut`}>{detail.subject}</span>
        {detail.restricted && <RestrictedMark members={detail.members.length} />}
      </div>
      <div className={classes.facts}>
        <div>
          <div className="caption">Severity</div>
          <div className={classes.value}>
            <SeverityMenu detail={detail} />
          </div>
        </div>
        <div>
          <div className="caption">Status</div>
          <div className={classes.value}>
            <StatusMenu detail={detail} />
          </div>
        </div>
        <div>
          <div className="caption">Owner</div>
          <div className={classes.value}>
            <OwnerMenu detail={detail} />
          </div>
        </div>
        {clock && (
          <div className={classes.clock}>
            <div className="row">
              <span className="caption grow cut">{clock.name}</span>
              <SlaMark clock={clock} size={13} />
              <SlaMenu detail={detail} clock={clock} />
            </div>
            <div className={classes.value}>
              <SlaBar clock={clock} />
            </div>
          </div>
        )}
        {child && (
          <div>
            <div className="caption">{detail.children.length === 1 ? "Child case" : `Child cases, ${detail.children.length}`}</div>
            <div className={classes.value}>
              <Link to="/cases/$id" params={{ id: child.id }} className="row">
                {child.restricted && <Lock size={14} strokeWidth={1.75} aria-hidden />}
                {child.id}
              </Link>
              {child.restricted && <RestrictedMark members={child.members} />}
            </div>
          </div>
        )}
      </div>
      {dialog === "close" && <CloseCaseDialog detail={detail} onClose={() => setDialog(null)} />}
    </header>
  );
}

function Narrow({ detail }: { detail: CaseDetail }) {
  return (
    <header className={classes.header}>
      <div className={classes.back}>
        <Link to="/cases" aria-label="Back to the cases">
          <ChevronLeft size={22} aria-hidden />
        </Link>
        <span className="muted num grow">{detail.id}</span>
        {detail.restricted && <RestrictedMark />}
      </div>
      <h1>{detail.title}</h1>
      {detail.subject !== "" && <p className="secondary">{detail.subject}</p>}
      <div className={classes.marks}>
        <SeverityMark severity={detail.severity} />
        <Badge>
          <UserRound size={12} aria-hidden />
          {detail.owner?.name ?? "No owner"}
        </Badge>
        <span className="grow" />
        {detail.sla && <SlaMark clock={detail.sla} />}
      </div>
      {detail.sla && <SlaBar clock={detail.sla} />}
    </header>
  );
}
