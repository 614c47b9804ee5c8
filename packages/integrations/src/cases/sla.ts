/** An SLA clock as it is stored; instants are ISO 8601, durations ms. */
export interface SlaClock {
  readonly id: string;
  readonly name: string;
  readonly targetMs: number;
  /** Elapsed time from which it is at risk. */
  readonly atRiskMs: number;
  readonly startedAt: string;
  /** How long it has stood still, without the pause that may be under way. */
  readonly pausedMs: number;
  readonly pausedAt: string | null;
  readonly stoppedAt: string | null;
}

export type SlaState = "in-time" | "at-risk" | "breached" | "paused" | "met" | "missed";

/** An SLA clock as people see it at a moment. */
export interface SlaView {
  readonly id: string;
  readonly name: string;
  readonly targetMs: number;
  readonly atRiskMs: number;
  readonly startedAt: string;
  /** Null while it is paused. */
  readonly dueAt: string | null;
  readonly pausedAt: string | null;
  readonly stoppedAt: string | null;
  readonly elapsedMs: number;
  readonly state: SlaState;
}

const defaultRisk = 0.75;

/** A clock that starts now; at risk after three quarters of its target unless told otherwise. */
export function startSla(
  { id, name, targetMs, atRiskMs }: { readonly id: string; readonly name: string; readonly targetMs: number; readonly atRiskMs?: number | undefined },
  now: number,
): SlaClock {
  return {
    id,
    name,
    targetMs,
    atRiskMs: Math.min(atRiskMs ?? Math.round(targetMs * defaultRisk), targetMs),
    startedAt: instant(now),
    pausedMs: 0,
    pausedAt: null,
    stoppedAt: null,
  };
}

/** Stops counting until it is resumed; a paused or stopped clock stays as it is. */
export function pauseSla(clock: SlaClock, now: number): SlaClock {
  return clock.pausedAt !== null || clock.stoppedAt !== null ? clock : { ...clock, pausedAt: instant(now) };
}

/** Counts on after a pause; a running or stopped clock stays as it is. */
export function resumeSla(clock: SlaClock, now: number): SlaClock {
  return clock.pausedAt === null || clock.stoppedAt !== null ? clock : { ...clock, pausedAt: null, pausedMs: clock.pausedMs + Math.max(0, now - Date.parse(clock.pausedAt)) };
}

/** Ends it for good; a pause that is under way does not count. */
export function stopSla(clock: SlaClock, now: number): SlaClock {
  return clock.stoppedAt !== null ? clock : { ...resumeSla(clock, now), stoppedAt: instant(now) };
}

/** The time that counts, pauses left out. */
export function slaElapsedMs({ startedAt, pausedMs, pausedAt, stoppedAt }: SlaClock, now: number): number {
  const until = stoppedAt ?? pausedAt;
  return Math.max(0, (until === null ? now : Date.parse(until)) - Date.parse(startedAt) - pausedMs);
}

/** When it is or was due; epoch ms, null while it is paused. */
export function slaDueAt({ startedAt, pausedMs, pausedAt, targetMs }: SlaClock): number | null {
  return pausedAt === null ? Date.parse(startedAt) + pausedMs + targetMs : null;
}

/** At its due time a clock is breached. A breached clock stays so when it is paused. */
export function slaState(clock: SlaClock, now: number): SlaState {
  const elapsed = slaElapsedMs(clock, now);
  const late = elapsed >= clock.targetMs;
  if (clock.stoppedAt !== null) return late ? "missed" : "met";
  if (late) return "breached";
  if (clock.pausedAt !== null) return "paused";
  return elapsed >= clock.atRiskMs ? "at-risk" : "in-time";
}

/** When the state changes by itself next; epoch ms, null when it does not. */
export function nextSlaChangeAt(clock: SlaClock, now: number): number | null {
  const due = slaDueAt(clock);
  if (due === null || clock.stoppedAt !== null) return null;
  const state = slaState(clock, now);
  return state === "in-time" ? due - clock.targetMs + clock.atRiskMs : state === "at-risk" ? due : null;
}

/** The clock as it stands now. */
export function slaView(clock: SlaClock, now: number): SlaView {
  const { pausedMs: _, ...shown } = clock;
  const due = slaDueAt(clock);
  return { ...shown, dueAt: due === null ? null : instant(due), elapsedMs: slaElapsedMs(clock, now), state: slaState(clock, now) };
}

const instant = (ms: number): string => new Date(ms).toISOString();
