import type { Playbook } from "@drawbridge/playbook";
import type { BacktestResult } from "@drawbridge/protocol";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type ApiProblem, asProblem } from "../../api/api-problem.ts";
import { call } from "../../api/call.ts";
import { useEditor } from "../editor-context.ts";
import type { ChosenRuns } from "./chosen-runs.ts";

/** One backtest: the document that it is of, and what came of it so far. */
export interface BacktestSession {
  readonly number: number;
  readonly playbook: Playbook;
  readonly results: readonly BacktestResult[];
  readonly total: number | null;
  readonly state: "running" | "done" | "cancelled" | "failed";
  readonly problem: ApiProblem | null;
}

export interface BacktestControl {
  readonly session: BacktestSession | null;
  readonly start: (runs: ChosenRuns) => Promise<void>;
  readonly cancel: () => void;
}

/** Backtests the draft as it is when it starts, page by page; the results stay while dialogs close. */
export function useBacktest(): BacktestControl {
  const { id, store } = useEditor();
  const [session, setSession] = useState<BacktestSession | null>(null);
  const under = useRef<AbortController | null>(null);
  const count = useRef(0);
  useEffect(() => () => under.current?.abort(), []);

  const start = useCallback(
    async (runs: ChosenRuns) => {
      under.current?.abort();
      const abort = new AbortController();
      under.current = abort;
      const { playbook } = store.getState();
      const number = (count.current += 1);
      const change = (patch: Partial<BacktestSession>) => setSession((old) => (old?.number === number ? { ...old, ...patch } : old));
      setSession({ number, playbook, results: [], total: null, state: "running", problem: null });
      try {
        const results: BacktestResult[] = [];
        for (let cursor: string | undefined, more = true; more;) {
          const { data } = await call("backtest", { params: { id }, body: { playbook, runs, ...(cursor === undefined ? {} : { cursor }) }, signal: abort.signal });
          results.push(...data.items);
          cursor = data.next ?? undefined;
          more = data.next !== null && !abort.signal.aborted;
          change({ results: [...results], total: data.total });
        }
        if (!abort.signal.aborted) change({ state: "done" });
      } catch (error) {
        if (!abort.signal.aborted) change({ state: "failed", problem: asProblem(error) });
      }
    },
    [id, store],
  );
  const cancel = useCallback(() => {
    under.current?.abort();
    setSession((old) => (old?.state === "running" ? { ...old, state: "cancelled" } : old));
  }, []);
  return useMemo(() => ({ session, start, cancel }), [session, start, cancel]);
}
