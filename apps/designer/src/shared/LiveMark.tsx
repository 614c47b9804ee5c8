import { useConnection } from "../api/live.ts";
import classes from "./LiveMark.module.css";

const looks = {
  idle: { word: "Connecting", tone: "skip" },
  connecting: { word: "Connecting", tone: "skip" },
  live: { word: "Live", tone: "run" },
  lost: { word: "Reconnecting", tone: "wait" },
} as const;

/** "Live", or "Reconnecting, last event 58". */
export function LiveMark({ lastEvent }: { lastEvent?: number }) {
  const state = useConnection((store) => store.state);
  const look = looks[state];
  return (
    <span className={classes.live} data-tone={look.tone} role="status">
      <span className={classes.dot} aria-hidden />
      {state === "lost" && lastEvent !== undefined ? `${look.word}, last event ${lastEvent}` : look.word}
    </span>
  );
}
