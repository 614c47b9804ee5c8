import type { SlaClockView } from "@drawbridge/protocol";
import { CircleCheck, Clock, type LucideIcon, Pause, TriangleAlert } from "lucide-react";
import classes from "./SlaBar.module.css";
import { type SlaLook, slaLook } from "./sla-state.ts";
import { useNow } from "./use-now.ts";

const icons: { readonly [Tone in SlaLook["tone"]]: LucideIcon } = { ok: Clock, wait: Clock, fail: TriangleAlert, skip: Pause };

/** An SLA clock in words: icon, colour and time left, counting. */
export function SlaMark({ clock, size = 14 }: { clock: SlaClockView; size?: number }) {
  const look = slaLook(clock, useNow(1_000));
  const Icon = clock.state === "met" ? CircleCheck : icons[look.tone];
  return (
    <span className={classes.mark} data-tone={look.tone} title={clock.name}>
      <Icon size={size} strokeWidth={2} aria-hidden />
      {look.words}
    </span>
  );
}

/** An SLA clock as a bar, with a notch where it becomes at risk. */
export function SlaBar({ clock, height = 6 }: { clock: SlaClockView; height?: number }) {
  const look = slaLook(clock, useNow(1_000));
  return (
    <span className={classes.bar} style={{ height }} role="img" aria-label={`${clock.name}: ${look.words}`}>
      <span className={classes.used} data-tone={look.tone} style={{ width: `${Math.max(2, look.used * 100)}%` }} />
      {clock.atRiskMs > 0 && clock.atRiskMs < clock.targetMs && <span className={classes.notch} style={{ left: `${(1 - clock.atRiskMs / clock.targetMs) * 100}%` }} />}
    </span>
  );
}
