import type { PlaybookSummary } from "@drawbridge/protocol";
import { CircleCheck, CircleX, Clock, type LucideIcon, TriangleAlert } from "lucide-react";
import { type Health, healthOf } from "./health.ts";
import classes from "./HealthMark.module.css";

const icons: { readonly [Tone in Health["tone"]]: LucideIcon } = { ok: CircleCheck, wait: TriangleAlert, fail: CircleX, skip: Clock };

/** How a playbook fares. */
export function HealthMark({ playbook, withReason = true }: { playbook: PlaybookSummary; withReason?: boolean }) {
  const health = healthOf(playbook);
  const Icon = icons[health.tone];
  return (
    <span className={classes.health} title={health.reason ?? undefined}>
      <span className={classes.word} data-tone={health.tone}>
        <Icon size={14} strokeWidth={2} aria-hidden />
        {health.word}
      </span>
      {withReason && health.reason && <span className={`${classes.reason} cut`}>{health.reason}</span>}
    </span>
  );
}
