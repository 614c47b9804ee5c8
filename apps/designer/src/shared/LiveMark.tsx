import { useConnection } from "../api/live.ts";
import classes from "./LiveMark.module.css";

const looks = {
  idle: { word: "Connecting", tone: "skip" },
  connecting: { word: "Connecting", tone: "skip" },
  live: { word: "Live", tone: "run" },
  lost: { word: "Reconnecting", tone: "wait" },
} as const;

/** "Live", or "Reconnecting, shown as of 12:30:05", where `asOf` makes the time. */
export function LiveMark({ asOf }: { asOf?: (at: number) => string }) {
  const { state, heardAt } = useConnection();
  const look = looks[state];
  return (
    <span className={classes.live} data-tone={look.tone} role="status">
      <span className={classes.dot} aria-hidden />
      {heardAt !== null && asOf ? `${look.word}, shown as of ${asOf(heardAt)}` : look.word}
    </span>
  );
}
