import type { RunSummary } from "@drawbridge/protocol";
import { Link } from "@tanstack/react-router";
import { Duration } from "../shared/Duration.tsx";
import { wordsText } from "../shared/format.ts";
import { RelativeTime } from "../shared/RelativeTime.tsx";
import { triggerText } from "./run-words.ts";
import classes from "./RunRow.module.css";
import { RunStatusMark } from "./RunStatusMark.tsx";

/** The heads of the list's columns. */
export function RunRowHead() {
  return (
    <div className={`${classes.row} ${classes.head}`} aria-hidden>
      <span>Playbook</span>
      <span>Status</span>
      <span className={classes.wide}>Trigger</span>
      <span className={classes.wide}>Case</span>
      <span className={classes.wide}>Started</span>
      <span className={classes.wide}>Took</span>
    </div>
  );
}

/** One run in a list. */
export function RunRow({ run }: { run: RunSummary }) {
  return (
    <article className={classes.row} aria-label={`${run.playbook.name}, run ${run.id}`}>
      <div className={classes.name}>
        <Link to="/runs/$id" params={{ id: run.id }} className={`${classes.link} cut`}>
          {run.playbook.name}
        </Link>
        <span className={`${classes.facts} cut`}>
          <span className="mono">{run.id}</span>, v{run.playbook.version}
          {run.parent ? ", called" : ""}
        </span>
      </div>
      <div className={classes.name}>
        <RunStatusMark run={run} />
        <span className={`${classes.facts} cut`}>
          <span className={classes.narrow}>
            <RelativeTime at={run.startedAt} />
          </span>
          <span className={classes.wide}>
            {run.errorCode !== null ? (
              <span className="mono">{run.errorCode}</span>
            ) : run.outcome !== null ? (
              wordsText(run.outcome)
            ) : run.status === "running" ? (
              `event ${run.lastSeq}`
            ) : (
              ""
            )}
          </span>
        </span>
      </div>
      <span className={`${classes.wide} cut secondary`}>{triggerText(run.trigger)}</span>
      <span className={`${classes.wide} cut`}>
        {run.caseId === null ? (
          <span className="muted">None</span>
        ) : (
          <Link to="/cases/$id" params={{ id: run.caseId }} className={classes.above}>
            {run.caseId}
          </Link>
        )}
      </span>
      <span className={`${classes.wide} secondary`}>
        <RelativeTime at={run.startedAt} />
      </span>
      <span className={`${classes.wide} secondary`}>
        <Duration from={run.startedAt} to={run.endedAt} />
      </span>
    </article>
  );
}
