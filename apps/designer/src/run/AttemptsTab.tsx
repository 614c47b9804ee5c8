import type { AttemptBar } from "./attempt-bars.ts";
import { AttemptDetails } from "./AttemptDetails.tsx";
import classes from "./details.module.css";

const most = 200;

/** Every attempt of a step, newest first, with what was sent and what went wrong. */
export function AttemptsTab({ run, attempts, now }: { run: string; attempts: readonly AttemptBar[]; now: number }) {
  if (attempts.length === 0) return <p className="muted">This step has called nothing.</p>;
  return (
    <ol className={classes.attempts} reversed>
      {[...attempts]
        .reverse()
        .slice(0, most)
        .map((bar) => (
          <li key={`${bar.from} ${bar.attempt} ${bar.item}`}>
            <AttemptDetails run={run} bar={bar} now={now} />
            {bar.error && (
              <p className={classes.attemptError}>
                <span className="mono">{bar.error.code}</span> {bar.error.message}
              </p>
            )}
          </li>
        ))}
      {attempts.length > most && (
        <li className="muted">
          The newest {most} of {attempts.length.toLocaleString()} are shown.
        </li>
      )}
    </ol>
  );
}
