import { useConnection } from "../api/live.ts";
import { useNow } from "./use-now.ts";

/** The time of what the server tells, in epoch ms: it stands still while the live connection is lost. */
export function useLiveNow(everyMs = 1_000): number {
  const now = useNow(everyMs);
  const heardAt = useConnection(({ heardAt: at }) => at);
  return heardAt ?? now;
}
