import { relativeText, wholeTimeText } from "../shared/format.ts";
import { useNow } from "../shared/use-now.ts";
import { tickText } from "./tick-text.ts";
import classes from "./Ticks.module.css";

/** The next firings by the clocks of their time zone, and how far off they are. */
export function Ticks({ at, zone }: { at: readonly string[]; zone: string }) {
  const now = useNow(15_000);
  return (
    <ol className={classes.ticks} aria-label="Next ticks">
      {at.map((tick) => (
        <li key={tick}>
          <time dateTime={tick} title={`${wholeTimeText(tick)} by your clock`} className="num">
            {tickText(tick, zone)}
          </time>
          <span className="muted num">{relativeText(tick, now)}</span>
        </li>
      ))}
    </ol>
  );
}
