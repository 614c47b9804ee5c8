import type { Run } from "@drawbridge/interpreter";
import { Link } from "@tanstack/react-router";
import type { Answer } from "../api/call.ts";
import { useMay } from "../api/session.ts";
import { RunStatusMark } from "../runs/RunStatusMark.tsx";
import { triggerText } from "../runs/run-words.ts";
import { wholeTimeText } from "../shared/format.ts";
import { StatusMark } from "../shared/StatusMark.tsx";
import classes from "./details.module.css";
import { FailureNote } from "./FailureNote.tsx";
import { SaveScenario } from "./SaveScenario.tsx";
import { ValueBlock } from "./ValueBlock.tsx";

/** What is known of the run itself, while no step is selected. */
export function RunDetails({ detail, run }: { detail: Answer<"getRun">; run: Run | null }) {
  const { run: summary, children } = detail;
  const mayAct = useMay("analyst");
  return (
    <div className={classes.panel}>
      <header className={classes.head}>
        <h2 className={classes.title}>About this run</h2>
      </header>
      <div className={classes.body}>
        <p className="secondary">Select a step to see why it went as it did.</p>
        <dl className={classes.facts}>
          <div>
            <dt>State</dt>
            <dd>{run && <StatusMark status={run.status} />}</dd>
          </div>
          <div>
            <dt>Began</dt>
            <dd>{wholeTimeText(summary.startedAt)}</dd>
          </div>
          <div>
            <dt>Why</dt>
            <dd>{triggerText(summary.trigger)}</dd>
          </div>
          {run?.outcome !== null && run?.outcome !== undefined && (
            <div>
              <dt>Outcome</dt>
              <dd>{run.outcome}</dd>
            </div>
          )}
        </dl>
        {run?.error && <FailureNote error={run.error} attempts={0} next="The run is over. It can be run again from the step that failed, with its input corrected." />}
        {mayAct && run && run.endedAt !== null && (
          <section>
            <h3 className={classes.section}>As a test</h3>
            <SaveScenario detail={detail} />
          </section>
        )}
        {children.length > 0 && (
          <section>
            <h3 className={classes.section}>Runs that it called</h3>
            <ul className={classes.lines}>
              {children.map((child) => (
                <li key={child.id}>
                  <Link to="/runs/$id" params={{ id: child.id }} className="cut">
                    {child.playbook.name}
                  </Link>
                  <span className="grow" />
                  <RunStatusMark run={child} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {run && <ValueBlock run={summary.id} label="Input" value={run.input} named={["input"]} />}
        {run && Object.keys(run.outputs).length > 0 && <ValueBlock run={summary.id} label="Outputs" value={run.outputs} />}
        {run && Object.keys(run.vars).length > 0 && <ValueBlock run={summary.id} label="Variables" value={run.vars} named={["vars"]} />}
      </div>
    </div>
  );
}
