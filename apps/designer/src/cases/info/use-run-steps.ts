import type { TraceEvent } from "@drawbridge/interpreter";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { call } from "../../api/call.ts";
import { watchRun } from "../../api/live.ts";
import { type StepOutcome, stepOutcomes } from "./step-outcomes.ts";

/** The steps of a run as they stand, live while it runs. */
export function useRunSteps(run: string): readonly StepOutcome[] {
  const detail = useQuery({ queryKey: ["run", run, "document"], queryFn: async ({ signal }) => (await call("getRun", { params: { id: run }, signal })).data, staleTime: Infinity });
  const [events, setEvents] = useState<readonly TraceEvent[]>([]);
  useEffect(() => {
    setEvents([]);
    return watchRun(run, 0, (fresh) => setEvents((earlier) => [...earlier, ...fresh]));
  }, [run]);
  return useMemo(() => (detail.data ? stepOutcomes(detail.data.playbook, events).filter(({ step }) => !detail.data.hidden.includes(step)) : []), [detail.data, events]);
}
