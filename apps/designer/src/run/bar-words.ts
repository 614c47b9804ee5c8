import type { AttemptBar } from "./attempt-bars.ts";

const results = { run: "under way", ok: "succeeded", fail: "failed", doubt: "in doubt", skip: "stopped", wait: "waiting" } as const;

/** What a bar stands for: "Try 2 failed", "Waited for an answer". */
export function barWords({ kind, attempt, item, tone, to }: AttemptBar): string {
  const ofItem = item === null ? "" : `, item ${item + 1}`;
  if (kind === "attempt") return `Try ${attempt ?? 1}${ofItem} ${tone === "run" && to !== null ? "answered" : results[tone]}`;
  const what = { pause: "its next try", ask: "an answer", wait: "its time or signal" }[kind];
  return `${to === null ? "Waits" : "Waited"} for ${what}${ofItem}`;
}
