import { compile, fold, type Run } from "@drawbridge/interpreter";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { call } from "../../api/call.ts";
import { dayAndClockText } from "../../shared/format.ts";
import type { DryRunControl } from "../dry-run/use-dry-run.ts";
import { type RunValues, runValues } from "./run-values.ts";

/** Runs from which the values beside expressions can be taken. */
export interface ValueSources {
  /** Null when there is none, undefined while they are read. */
  readonly values: RunValues | null | undefined;
  readonly sources: readonly { readonly value: string; readonly label: string }[];
  readonly chosen: string | null;
  readonly choose: (source: string) => void;
}

const offered = 20;
const mostEntries = 5_000;
const dryRun = "dry-run";

/** The values of the dry run when there is one, else of the playbook's last run; or of another that is chosen. They are read once they are wanted. */
export function useValueSources(playbook: string, dry: DryRunControl, wanted: boolean): ValueSources {
  const [picked, setPicked] = useState<string | null>(null);
  const runs = useQuery({
    queryKey: ["runs", "of-playbook", playbook, offered],
    queryFn: async ({ signal }) => (await call("listRuns", { query: { playbook, limit: offered }, signal })).data.items,
    enabled: wanted,
    staleTime: 30_000,
  });
  const { view, session } = dry;
  const result = useMemo(() => (view ? (session?.result ?? null) : null), [view, session]);
  const sources = useMemo(
    () => [
      ...(result ? [{ value: dryRun, label: "Dry run" }] : []),
      ...(runs.data ?? []).map((run) => ({ value: run.id, label: `Run of ${dayAndClockText(run.startedAt)}, ${run.outcome ?? run.status}` })),
    ],
    [result, runs.data],
  );
  const chosen = sources.find(({ value }) => value === picked)?.value ?? sources[0]?.value ?? null;
  const run = runs.data?.find(({ id }) => id === chosen);
  const read = useQuery({
    queryKey: ["run", chosen, "values", run?.lastSeq],
    queryFn: async ({ signal }) => {
      const id = chosen ?? "";
      const [document, trace] = await Promise.all([
        call("getRun", { params: { id }, signal }),
        call("getTrace", { params: { id }, query: { from: 0, limit: mostEntries }, signal }),
      ]);
      const plan = compile(document.data.playbook);
      let state: Run | null = null;
      for (const event of trace.data.events) state = fold(plan, state, event);
      const last = trace.data.events.at(-1);
      return state && runValues(state, plan, `run of ${dayAndClockText(document.data.run.startedAt)}`, last?.at ?? state.startedAt);
    },
    enabled: wanted && run !== undefined,
    staleTime: Infinity,
  });
  const ofDryRun = useMemo(() => (result && session ? runValues(result.state, compile(session.playbook), "dry run", result.at) : null), [result, session]);
  const ofRun = run ? (read.isError ? null : read.data) : null;
  const values = chosen === dryRun ? ofDryRun : runs.isPending ? undefined : ofRun;
  return useMemo(() => ({ values, sources, chosen, choose: setPicked }), [values, sources, chosen]);
}
