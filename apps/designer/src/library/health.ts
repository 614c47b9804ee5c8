import type { PlaybookSummary } from "@drawbridge/protocol";
import { countText } from "../shared/format.ts";

export interface Health {
  readonly tone: "ok" | "wait" | "fail" | "skip";
  readonly word: string;
  readonly reason: string | null;
}

/** How a playbook fares, in a word and a reason: doubts first, then failures, then findings. */
export function healthOf(playbook: PlaybookSummary): Health {
  const ended = playbook.recentRuns.filter((run) => run.status === "succeeded" || run.status === "failed");
  const failing = ended.findIndex((run) => run.status !== "failed");
  const failures = failing === -1 ? ended.length : failing;
  if (playbook.inDoubt > 0)
    return { tone: "wait", word: "Needs attention", reason: playbook.inDoubt === 1 ? "1 run waits for a decision" : `${playbook.inDoubt} runs wait for a decision` };
  if (failures >= 2) return { tone: "fail", word: "Failing", reason: `the last ${failures} runs failed` };
  if (failures === 1) return { tone: "wait", word: "Needs attention", reason: "the last run failed" };
  if (playbook.findings.errors > 0) return { tone: "wait", word: "Needs attention", reason: `${countText(playbook.findings.errors, "error")} to fix` };
  if (playbook.live === null) return { tone: "skip", word: "Not published", reason: "draft only" };
  if (playbook.recentRuns.length === 0) return { tone: "skip", word: "Not run yet", reason: null };
  return { tone: "ok", word: "Healthy", reason: null };
}
