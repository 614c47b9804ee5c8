import type { RunSummary } from "@drawbridge/protocol";

const triggers: { readonly [kind: string]: string } = {
  manual: "Started by hand",
  alert: "Alert",
  webhook: "Webhook",
  schedule: "Schedule",
  call: "Called by a run",
  case: "Case",
  "war-room": "War room",
  "dry-run": "Dry run",
};

/** Why a run began, for people. */
export function triggerText(trigger: RunSummary["trigger"]): string {
  const word = triggers[trigger.kind] ?? trigger.kind;
  return trigger.by === null ? word : `${word}, ${trigger.by}`;
}
