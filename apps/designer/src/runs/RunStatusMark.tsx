import type { RunSummary } from "@drawbridge/protocol";
import { StatusMark } from "../shared/StatusMark.tsx";

/** How a run stands; what waits for a person comes before "Running". */
export function RunStatusMark({ run }: { run: Pick<RunSummary, "status" | "openAsks" | "inDoubt"> }) {
  if (run.status === "running" && run.inDoubt > 0) return <StatusMark status="in-doubt" />;
  if (run.status === "running" && run.openAsks > 0) return <StatusMark status="asking" word="Asks a person" />;
  return <StatusMark status={run.status} />;
}
