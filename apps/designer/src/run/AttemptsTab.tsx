import { StatusMark, type MarkedStatus, type StatusTone } from "../shared/StatusMark.tsx";
import { durationText } from "../shared/format.ts";
import type { AttemptBar } from "./attempt-bars.ts";
import { barWords } from "./bar-words.ts";
import classes from "./details.module.css";
import { secondsText } from "./seconds-text.ts";
import { ValueBlock } from "./ValueBlock.tsx";

const statuses: { readonly [Tone in StatusTone]: MarkedStatus } = { run: "running", ok: "succeeded", wait: "sleeping", fail: "failed", skip: "cancelled", doubt: "in-doubt" };
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
            <details>
              <summary>
                <StatusMark status={bar.to === null ? "running" : statuses[bar.tone === "run" ? "ok" : bar.tone]} word={barWords(bar)} />
                <span className="grow" />
                <span className="muted num">
                  {secondsText(bar.from)}, {durationText((bar.to ?? now) - bar.from)}
                </span>
              </summary>
              <ValueBlock run={run} label="Sent" value={bar.input} />
            </details>
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
