import type { PlaybookSummary } from "@drawbridge/protocol";
import { countText } from "../shared/format.ts";

/** "16 steps, v6 live, draft by Marek". */
export function playbookFacts(playbook: PlaybookSummary): string {
  const parts = [countText(playbook.steps, "step")];
  if (playbook.live !== null) parts.push(`v${playbook.live} live`);
  if (playbook.draft) parts.push(playbook.draftBy === null ? "draft" : `draft by ${playbook.draftBy}`);
  return parts.join(", ");
}

/** "v6", "v6, draft", "Draft". */
export function versionWord(playbook: PlaybookSummary): string {
  if (playbook.live === null) return "Draft";
  return playbook.draft ? `v${playbook.live}, draft` : `v${playbook.live}`;
}
