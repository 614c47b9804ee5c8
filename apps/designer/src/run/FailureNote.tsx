import { runErrorText } from "@drawbridge/engine/run-errors";
import type { RunError } from "@drawbridge/interpreter";
import { StatusMark } from "../shared/StatusMark.tsx";
import classes from "./details.module.css";
import { sentenced } from "./sentenced.ts";

interface FailureNoteProps {
  readonly error: RunError;
  /** How often it was tried. */
  readonly attempts: number;
  /** What the playbook does about it. */
  readonly next: string;
}

/** A failure for people: what happened, what it means, what was tried, what comes next, and what one can do. */
export function FailureNote({ error, attempts, next }: FailureNoteProps) {
  const { title, meaning, advice } = runErrorText(error.code);
  return (
    <section className={classes.said} data-tone="fail" aria-label="Why it failed">
      <StatusMark status="failed" word={title} />
      <p>{sentenced(error.message)}</p>
      <dl className={classes.failure}>
        <dt>Means</dt>
        <dd>{meaning}</dd>
        {attempts > 0 && (
          <>
            <dt>Tried</dt>
            <dd>{attempts === 1 ? "Once." : `${attempts} times.`}</dd>
          </>
        )}
        <dt>Next</dt>
        <dd>{next}</dd>
        <dt>To do</dt>
        <dd>{advice}</dd>
      </dl>
      <p className="mono muted">{error.code}</p>
    </section>
  );
}
