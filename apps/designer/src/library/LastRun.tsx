import type { PlaybookSummary } from "@drawbridge/protocol";
import { RelativeTime } from "../shared/RelativeTime.tsx";
import { StatusMark } from "../shared/StatusMark.tsx";
import classes from "./HealthMark.module.css";

/** The newest run: how it stands and when it began. */
export function LastRun({ playbook }: { playbook: PlaybookSummary }) {
  const newest = playbook.recentRuns[0];
  if (!newest || playbook.lastRunAt === null) return <span className="muted">Never</span>;
  return (
    <span className={classes.health}>
      <span className={classes.word}>{playbook.inDoubt > 0 && newest.status === "running" ? <StatusMark status="in-doubt" /> : <StatusMark status={newest.status} />}</span>
      <span className={classes.reason}>{newest.status === "running" && playbook.running > 1 ? `${playbook.running} running` : <RelativeTime at={playbook.lastRunAt} />}</span>
    </span>
  );
}
