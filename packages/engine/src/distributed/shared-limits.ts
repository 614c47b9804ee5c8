import type { EngineLimits } from "../embedded/limits.ts";
import type { SlotLimits } from "../embedded/slots.ts";

/** A process's share of what all workers may do together; it follows their number. */
export function sharedLimits(
  { calls, callsPerConnection }: Pick<EngineLimits, "calls" | "callsPerConnection">,
  seen: () => { readonly workers: number; readonly rank: number },
  callsOf: (playbook: string) => number | null,
): SlotLimits {
  const share = (limit: number): number => {
    const { workers, rank } = seen();
    return Math.max(1, Math.floor(limit / workers) + (rank < limit % workers ? 1 : 0));
  };
  return {
    get total() {
      return share(calls);
    },
    get perConnection() {
      return share(callsPerConnection);
    },
    ofPlaybook: (playbook) => {
      const limit = callsOf(playbook);
      return limit === null ? null : share(limit);
    },
  };
}
