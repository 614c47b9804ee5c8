import { compile, type TraceEvent } from "@drawbridge/interpreter";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { ApiProblem } from "../api/api-problem.ts";
import { call } from "../api/call.ts";
import { watchRun } from "../api/live.ts";
import { emptyHistory, extended, type RunHistory } from "./run-history.ts";
import { isWhole, type ReadPayload, wholeEntries } from "./whole-entries.ts";

/** The longer the trace, the seldomer it is drawn: pauses in ms, at most and while what was there before still comes, and entries that cost one ms. */
const pauses = { most: 500, catchingUp: 1_000, entriesPerMs: 50 };

/** Whether an entry changes what the list of runs says of the run. */
const changesFacts = ({ type }: TraceEvent): boolean => type === "child-started" || type === "child-ended" || type.startsWith("run-");

/** A run with its document and its trace, live. */
export function useRun(id: string) {
  const detail = useQuery({ queryKey: ["run", id, "document"], queryFn: async ({ signal }) => (await call("getRun", { params: { id }, signal })).data, staleTime: Infinity });
  const playbook = detail.data?.playbook;
  const plan = useMemo(() => (playbook ? compile(playbook) : null), [playbook]);
  const [history, setHistory] = useState<RunHistory | null>(null);
  const [refused, setRefused] = useState<Error | null>(null);
  const { refetch } = detail;
  const known = detail.data?.run.lastSeq ?? 0;
  const target = useRef(known);
  useEffect(() => {
    target.current = Math.max(target.current, known);
  }, [known]);
  useEffect(() => {
    if (!plan) return;
    let whole = emptyHistory(plan);
    let fresh: TraceEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | null = null;
    let nextAt = 0;
    let ended = false;
    setHistory(whole);
    const draw = () => {
      timer = null;
      const caughtUp = whole.events.length >= target.current;
      if (caughtUp && fresh.some(changesFacts)) void refetch();
      whole = extended(whole, fresh);
      fresh = [];
      nextAt = performance.now() + Math.min(pauses.most, whole.events.length / pauses.entriesPerMs);
      setHistory(whole);
    };
    const take = (batch: readonly TraceEvent[]) => {
      if (ended) return;
      for (const event of batch) fresh.push(event);
      const have = whole.events.length + fresh.length;
      // What was there before is drawn at once when all of it is here, and only its beginning before that.
      const catchingUp = whole.events.length > 0 && have < target.current;
      const arrived = whole.events.length < target.current && have >= target.current;
      if (arrived && timer) {
        clearTimeout(timer);
        timer = null;
      }
      timer ??= setTimeout(draw, arrived ? 0 : Math.max(catchingUp ? pauses.catchingUp : 0, nextAt - performance.now()));
    };
    const read: ReadPayload = async (hash) => (await call("getPayload", { params: { id, hash } })).data.value;
    /** Batches that wait for one before them to be whole. */
    let line: Promise<void> | null = null;
    const stop = watchRun(
      id,
      0,
      (batch) => {
        if (!line && batch.every(isWhole)) return take(batch);
        const turn: Promise<void> = (line ?? Promise.resolve())
          .then(() => wholeEntries(batch, read))
          .then(take, (error: unknown) => setRefused(error instanceof Error ? error : new Error(String(error))))
          .finally(() => {
            if (line === turn) line = null;
          });
        line = turn;
      },
      { refused: (code, reason) => setRefused(new ApiProblem({ code, status: 403, title: "This run cannot be watched", detail: reason })) },
    );
    return () => {
      ended = true;
      stop();
      if (timer) clearTimeout(timer);
    };
  }, [plan, id, refetch]);
  return { detail, history, error: detail.error ?? refused };
}
