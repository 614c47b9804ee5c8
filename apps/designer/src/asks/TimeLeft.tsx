import { Clock } from "lucide-react";
import { durationText } from "../shared/format.ts";
import { useNow } from "../shared/use-now.ts";
import classes from "./AskCard.module.css";

/** How long a question stays open. */
export function TimeLeft({ until }: { until: string }) {
  const left = new Date(until).getTime() - useNow(1_000);
  return (
    <span className={`${classes.left} num`}>
      <Clock size={14} strokeWidth={2} aria-hidden />
      {left <= 0 ? "Closing" : left < 60_000 ? `${Math.ceil(left / 1_000)} s left` : left < 3_600_000 ? `${Math.floor(left / 60_000)} m left` : `${durationText(left)} left`}
    </span>
  );
}
