import { compile } from "@drawbridge/interpreter";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { ApiProblem } from "../api/api-problem.ts";
import { call } from "../api/call.ts";
import { watchRun } from "../api/live.ts";
import { RunFollower } from "./run-follower.ts";
import type { RunHistory } from "./run-history.ts";
import type { ReadPayload } from "./whole-entries.ts";

const againMs = 1_000;

/** Reads what entries of a run refer to, over a server that is away for a while. */
function payloadsOf(id: string, signal: AbortSignal): ReadPayload {
  return async (hash) => {
    for (;;) {
      try {
        return (await call("getPayload", { params: { id, hash }, signal })).data.value;
      } catch (error) {
        if (signal.aborted || !(error instanceof ApiProblem) || (error.status > 0 && error.status < 500)) throw error;
        await new Promise((resolve) => setTimeout(resolve, againMs));
      }
    }
  };
}

/** A run with its document and its trace, live. */
export function useRun(id: string) {
  const detail = useQuery({ queryKey: ["run", id, "document"], queryFn: async ({ signal }) => (await call("getRun", { params: { id }, signal })).data, staleTime: Infinity });
  const playbook = detail.data?.playbook;
  const plan = useMemo(() => (playbook ? compile(playbook) : null), [playbook]);
  const [history, setHistory] = useState<RunHistory | null>(null);
  const [refused, setRefused] = useState<Error | null>(null);
  const { refetch } = detail;
  const lastSeq = detail.data?.run.lastSeq ?? 0;
  const following = useRef<RunFollower>(null);
  useEffect(() => {
    const ended = new AbortController();
    const follower = new RunFollower({
      read: payloadsOf(id, ended.signal),
      tell: setHistory,
      changed: () => void refetch(),
      failed: setRefused,
    });
    following.current = follower;
    const stop = watchRun(id, 0, (batch) => follower.take(batch), {
      refused: (code, reason) => setRefused(new ApiProblem({ code, status: 403, title: "This run cannot be watched", detail: reason })),
    });
    return () => {
      stop();
      follower.stop();
      ended.abort();
      following.current = null;
    };
  }, [id, refetch]);
  useEffect(() => {
    if (plan) following.current?.begin(plan, lastSeq);
  }, [plan, lastSeq]);
  return { detail, history, error: detail.error ?? refused };
}
