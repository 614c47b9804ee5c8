import type { RunStatus, StepStatus } from "@drawbridge/interpreter";
import { CircleCheck, CircleHelp, CircleSlash, CircleX, Clock, LoaderCircle, type LucideIcon, Pause, UserCheck } from "lucide-react";
import classes from "./StatusMark.module.css";

export type MarkedStatus = StepStatus | RunStatus;
export type StatusTone = "run" | "ok" | "wait" | "fail" | "skip" | "doubt";

/** Icon, word and colour of every status of a step or a run. */
export const statusLooks: { readonly [Status in MarkedStatus]: { readonly icon: LucideIcon; readonly word: string; readonly tone: StatusTone } } = {
  waiting: { icon: Clock, word: "Waiting", tone: "skip" },
  running: { icon: LoaderCircle, word: "Running", tone: "run" },
  asking: { icon: UserCheck, word: "Asks", tone: "wait" },
  sleeping: { icon: Clock, word: "Pausing", tone: "run" },
  "in-doubt": { icon: CircleHelp, word: "In doubt", tone: "doubt" },
  succeeded: { icon: CircleCheck, word: "Succeeded", tone: "ok" },
  failed: { icon: CircleX, word: "Failed", tone: "fail" },
  skipped: { icon: CircleSlash, word: "Skipped", tone: "skip" },
  cancelled: { icon: CircleSlash, word: "Cancelled", tone: "skip" },
  paused: { icon: Pause, word: "Paused", tone: "skip" },
};

/** A status as icon, word and colour. `word` replaces the usual one ("Approved"). */
export function StatusMark({ status, word, size = 14 }: { status: MarkedStatus; word?: string; size?: number }) {
  const look = statusLooks[status];
  const Icon = look.icon;
  return (
    <span className={classes.mark} data-tone={look.tone} data-status={status}>
      <Icon size={size} strokeWidth={2} aria-hidden className={status === "running" ? classes.turning : undefined} />
      {word ?? look.word}
    </span>
  );
}
