import type { SlaClockView } from "@drawbridge/protocol";
import { roughDurationText } from "./format.ts";

export interface SlaLook {
  readonly tone: "ok" | "wait" | "fail" | "skip";
  /** "46 m left", "At risk, 8 m left", "Breached 4 m ago", "Paused", "Met". */
  readonly words: string;
  /** 0 to 1: how much of the time is used. */
  readonly used: number;
}

/** What a clock shows at `now`: the server's state, counted on by the client until it is told anew. */
export function slaLook(clock: SlaClockView, now: number): SlaLook {
  const share = (ms: number) => Math.min(1, Math.max(0, ms / clock.targetMs));
  if (clock.state === "met") return { tone: "ok", words: "Met", used: share(clock.elapsedMs) };
  if (clock.state === "missed") return { tone: "fail", words: "Missed", used: 1 };
  if (clock.state === "paused" || clock.dueAt === null) return { tone: "skip", words: "Paused", used: share(clock.elapsedMs) };
  const left = new Date(clock.dueAt).getTime() - now;
  const used = share(clock.targetMs - left);
  if (left <= 0) return { tone: "fail", words: -left < 60_000 ? "Breached just now" : `Breached ${roughDurationText(-left)} ago`, used: 1 };
  if (left <= clock.atRiskMs) return { tone: "wait", words: `At risk, ${roughDurationText(left)} left`, used };
  return { tone: "ok", words: `${roughDurationText(left)} left`, used };
}
