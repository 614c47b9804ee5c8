import { stepOf } from "@drawbridge/interpreter";
import { ActionIcon, Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronRight, Download, Pause, Play, RotateCcw, Square } from "lucide-react";
import { useState } from "react";
import { addressOf, type Answer, call } from "../api/call.ts";
import { useMay } from "../api/session.ts";
import { caseQuery } from "../cases/case-queries.ts";
import { Badge } from "../shared/Badge.tsx";
import { Duration } from "../shared/Duration.tsx";
import { wordsText } from "../shared/format.ts";
import { LiveMark } from "../shared/LiveMark.tsx";
import { notifyProblem } from "../shared/notify.ts";
import { SlaBar, SlaMark } from "../shared/SlaBar.tsx";
import { StatusMark } from "../shared/StatusMark.tsx";
import type { StepCatalog } from "../steps/step-catalog.ts";
import { CancelRunDialog } from "./CancelRunDialog.tsx";
import { RerunDialog } from "./RerunDialog.tsx";
import type { RunHistory } from "./run-history.ts";
import classes from "./RunHeader.module.css";
import { secondsText } from "./seconds-text.ts";

interface RunHeaderProps {
  readonly detail: Answer<"getRun">;
  readonly history: RunHistory;
  readonly selected: string | null;
  readonly catalog: StepCatalog;
  readonly narrow: boolean;
}

/** Which run this is, how it stands now, and what can be done with it. */
export function RunHeader({ detail, history, selected, catalog, narrow }: RunHeaderProps) {
  const { run: summary } = detail;
  const now = history.run;
  const mayAct = useMay("analyst");
  const [dialog, setDialog] = useState<"cancel" | "rerun" | null>(null);
  const hold = useMutation({ mutationFn: (route: "pauseRun" | "resumeRun") => call(route, { params: { id: summary.id } }), onError: notifyProblem });
  if (!now) return null;
  const over = now.endedAt !== null;
  const chosen = selected === null ? null : stepOf(now, history.plan, selected).status;
  const noRerun =
    chosen === null ? "Select the step to run again from" : chosen === "waiting" ? "The run has not come to this step" : !over ? "A run can be run again when it is over" : null;
  return (
    <header className={classes.header} data-narrow={narrow || undefined}>
      <nav aria-label="Where this is" className={classes.where}>
        {summary.parent === null ? (
          <Link to="/playbooks/$id" params={{ id: summary.playbook.id }} className="cut">
            {summary.playbook.name}
          </Link>
        ) : (
          <Link to="/runs/$id" params={{ id: summary.parent.run }} className="cut">
            Called by another run
          </Link>
        )}
        <ChevronRight size={14} className="muted" aria-hidden />
        <h1 className={`${classes.title} cut`} title={summary.id}>
          {summary.parent === null ? `Run ${shortId(summary.id)}` : `${summary.playbook.name}, run ${shortId(summary.id)}`}
        </h1>
      </nav>
      <Badge>v{summary.playbook.version}</Badge>
      {over ? <StatusMark status={now.status} {...(now.outcome !== null && { word: wordsText(now.outcome) })} /> : <LiveMark asOf={secondsText} />}
      {now.status === "paused" && <StatusMark status="paused" />}
      <span className={classes.fact}>
        <span className="caption">{over ? "Took" : "Elapsed"}</span>
        <b>
          <Duration from={now.startedAt} to={now.endedAt} />
        </b>
      </span>
      {summary.caseId !== null && <CaseFacts id={summary.caseId} />}
      <span className="grow" />
      <ActionIcon
        component="a"
        href={addressOf("exportTrace", { params: { id: summary.id } })}
        download
        variant="subtle"
        aria-label="Download the trace"
        title="Download the trace as JSON lines"
      >
        <Download size={15} strokeWidth={1.75} aria-hidden />
      </ActionIcon>
      {mayAct && !over && (
        <Button
          variant="subtle"
          leftSection={now.status === "paused" ? <Play size={15} strokeWidth={1.75} aria-hidden /> : <Pause size={15} strokeWidth={1.75} aria-hidden />}
          loading={hold.isPending}
          onClick={() => hold.mutate(now.status === "paused" ? "resumeRun" : "pauseRun")}
        >
          {now.status === "paused" ? "Resume" : "Pause"}
        </Button>
      )}
      {mayAct && (
        <Button
          variant="default"
          leftSection={<RotateCcw size={15} strokeWidth={1.75} aria-hidden />}
          disabled={noRerun !== null}
          title={noRerun ?? undefined}
          onClick={() => setDialog("rerun")}
        >
          Re-run from here
        </Button>
      )}
      {mayAct && !over && (
        <Button variant="default" c="red" leftSection={<Square size={13} strokeWidth={2} aria-hidden />} onClick={() => setDialog("cancel")}>
          Cancel run
        </Button>
      )}
      {dialog === "cancel" && <CancelRunDialog run={summary.id} children={detail.children} onClose={() => setDialog(null)} />}
      {dialog === "rerun" && selected !== null && <RerunDialog run={summary.id} step={selected} history={history} catalog={catalog} onClose={() => setDialog(null)} />}
    </header>
  );
}

const shortId = (id: string) => (id.length > 12 ? id.slice(-6) : id);

function CaseFacts({ id }: { id: string }) {
  const found = useQuery(caseQuery(id));
  const clock = found.data?.sla;
  return (
    <>
      {clock && (
        <span className={classes.sla}>
          <span className={classes.slaWords}>
            <span className="caption cut">{clock.name}</span>
            <SlaMark clock={clock} />
          </span>
          <SlaBar clock={clock} height={4} />
        </span>
      )}
      <Link to="/cases/$id" params={{ id }} className={classes.case}>
        {id}
      </Link>
    </>
  );
}
