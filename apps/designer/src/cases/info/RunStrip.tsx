import type { RunSummary } from "@drawbridge/protocol";
import { Link } from "@tanstack/react-router";
import { RunStatusMark } from "../../runs/RunStatusMark.tsx";
import { Duration } from "../../shared/Duration.tsx";
import { StatusMark } from "../../shared/StatusMark.tsx";
import { useIsNarrow } from "../../shared/use-is-narrow.ts";
import classes from "./RunStrip.module.css";
import type { StepOutcome } from "./step-outcomes.ts";
import { useRunSteps } from "./use-run-steps.ts";

/** A run in a line: a segment for each step, live; on a phone its latest steps. */
export function RunStrip({ run }: { run: RunSummary }) {
  const steps = useRunSteps(run.id);
  const narrow = useIsNarrow();
  return narrow ? <LatestSteps run={run} steps={steps} /> : <Strip run={run} steps={steps} />;
}

function Strip({ run, steps }: { run: RunSummary; steps: readonly StepOutcome[] }) {
  return (
    <div className={`card ${classes.strip}`}>
      <RunStatusMark run={run} />
      <b className="cut">{run.playbook.name}</b>
      <span className="muted">
        v{run.playbook.version}, <Duration from={run.startedAt} to={run.endedAt} />
      </span>
      <span className={classes.segments} role="img" aria-label={countsText(steps)}>
        {steps.map((step) => (
          <i key={step.step} data-status={step.status} title={`${step.name}: ${step.status}`} />
        ))}
      </span>
      <span className="muted">{countsText(steps)}</span>
      <Link to="/runs/$id" params={{ id: run.id }} className={classes.open}>
        Open run
      </Link>
    </div>
  );
}

function LatestSteps({ run, steps }: { run: RunSummary; steps: readonly StepOutcome[] }) {
  const latest = steps
    .filter((step) => step.seq > 0 && step.status !== "skipped")
    .sort((one, other) => one.seq - other.seq)
    .slice(-4);
  return (
    <Link to="/runs/$id" params={{ id: run.id }} className={`card ${classes.latest}`}>
      <span className={classes.latestHead}>
        <b className="cut grow">{run.playbook.name}</b>
        <RunStatusMark run={run} />
      </span>
      {latest.map((step) => (
        <span key={step.step} className={classes.step}>
          <span className="cut grow">{step.name}</span>
          <StatusMark status={step.status} />
        </span>
      ))}
    </Link>
  );
}

function countsText(steps: readonly StepOutcome[]): string {
  const count = (test: (step: StepOutcome) => boolean) => steps.filter(test).length;
  const parts = [
    [count((step) => step.status === "succeeded"), "done"],
    [count((step) => step.status === "failed" && step.handled), "handled"],
    [count((step) => step.status === "failed" && !step.handled), "failed"],
    [count((step) => step.status === "running" || step.status === "sleeping"), "running"],
    [count((step) => step.status === "asking"), "asking"],
    [count((step) => step.status === "in-doubt"), "in doubt"],
    [count((step) => step.status === "skipped"), "skipped"],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(", ");
}
