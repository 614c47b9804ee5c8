import { Cron } from "croner";
import { instant } from "../instant.ts";
import { ProblemError } from "../problem-error.ts";

/** Ticks that are caught up on at most. */
export const mostCaughtUp = 100;

/** Reads a cron expression of five fields; refuses it with a pointer to what is wrong. */
export function readCron(cron: string, zone: string): Cron {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
  } catch {
    throw new ProblemError("invalid-request", `There is no time zone ${zone}.`, { pointer: "/zone" });
  }
  try {
    return new Cron(cron, { paused: true, timezone: zone, mode: "5-part" });
  } catch (error) {
    throw new ProblemError("invalid-request", `This is not a cron expression: ${error instanceof Error ? error.message : String(error)}`, { pointer: "/cron" });
  }
}

/** The next firings after a time, as ISO 8601. */
export const nextFirings = (cron: string, zone: string, after: number, count: number): string[] =>
  readCron(cron, zone)
    .nextRuns(count, new Date(after))
    .map((at) => instant(at.getTime()));

/** A tick that is later than this counts as missed. */
const graceMs = 90_000;

/** The ticks to fire of those from `from` to `now`, oldest first. */
export function dueTicks(cron: string, zone: string, policy: "skip" | "once" | "all", from: string, now: number): string[] {
  const due = readCron(cron, zone)
    .previousRuns(policy === "all" ? mostCaughtUp : 1, new Date(now + 1_000))
    .map((at) => at.getTime())
    .filter((at) => at <= now && at >= Date.parse(from))
    .sort((a, b) => a - b);
  return due.filter((at) => policy !== "skip" || now - at <= graceMs).map(instant);
}
