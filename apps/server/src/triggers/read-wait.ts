import { durationMs } from "@drawbridge/playbook";
import { ProblemError } from "../problem-error.ts";

const longestMs = 60_000;

/** How long a caller waits for its run: `30`, `30s` or `PT30S`, up to a minute; null when it does not. */
export function readWait(text: string | undefined): number | null {
  if (text === undefined || text === "") return null;
  const seconds = /^(\d{1,5}(?:\.\d+)?)s?$/.exec(text);
  const ms = seconds ? Number(seconds[1]) * 1_000 : isoMs(text);
  if (ms === null || ms > longestMs) throw new ProblemError("invalid-request", "wait is a time of up to 60 s, e.g. 30s or PT30S.", { pointer: "/query/wait" });
  return ms;
}

function isoMs(text: string): number | null {
  try {
    const ms: number | null = durationMs(text);
    return typeof ms === "number" && Number.isFinite(ms) ? ms : null;
  } catch {
    return null;
  }
}
