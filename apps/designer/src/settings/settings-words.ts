import type { PlaybookSettings } from "@drawbridge/protocol";
import { countText } from "../shared/format.ts";

/** What settings ask for, in one line; empty when nothing is set. */
export function settingsWords({ keepDays, keepRuns, callsAtOnce }: PlaybookSettings): string {
  return [
    ...(keepDays === null ? [] : [`kept ${countText(keepDays, "day")}`]),
    ...(keepRuns === null ? [] : [`at most ${countText(keepRuns, "run")}`]),
    ...(callsAtOnce === null ? [] : [`${countText(callsAtOnce, "call")} at once`]),
  ].join(", ");
}

/** What counts where a playbook sets nothing, by field. */
export const asDefaults = ({ keepDays, keepRuns, callsAtOnce }: PlaybookSettings): { readonly [Key in keyof PlaybookSettings]: string } => ({
  keepDays: keepDays === null ? "For ever" : `${countText(keepDays, "day")}, as for all`,
  keepRuns: keepRuns === null ? "All of them" : `${countText(keepRuns, "run")}, as for all`,
  callsAtOnce: callsAtOnce === null ? "As many as the engine allows" : `${callsAtOnce.toLocaleString()}, as for all`,
});
