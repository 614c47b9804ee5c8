import { compile } from "@drawbridge/interpreter";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { ApiProblem } from "../api/api-problem.ts";
import { call } from "../api/call.ts";
import { watchRun } from "../api/live.ts";
import { emptyHistory, extended, type RunHistory } from "./run-history.ts";

/** A run with its document and its trace, live. */
export function useRun(id: string) {
  const detail = useQuery({ queryKey: ["run", id, "document"], queryFn: async ({ signal }) => (await call("getRun", { params: { id }, signal })).data, staleTime: Infinity });
  const playbook = detail.data?.playbook;
  const plan = useMemo(() => (playbook ? compile(playbook) : null), [playbook]);
  const [history, setHistory] = useState<RunHistory | null>(null);
  const [refused, setRefused] = useState<Error | null>(null);
  const { refetch } = detail;
  useEffect(() => {
    if (!plan) return;
    setHistory(emptyHistory(plan));
    return watchRun(
      id,
      0,
      (fresh) => {
        setHistory((earlier) => extended(earlier ?? emptyHistory(plan), fresh));
        if (fresh.some(({ type }) => type === "child-started" || type === "child-ended" || type.startsWith("run-"))) void refetch();
      },
      { refused: (code, reason) => setRefused(new ApiProblem({ code, status: 403, title: "This run cannot be watched", detail: reason })) },
    );
  }, [plan, id, refetch]);
  return { detail, history, error: detail.error ?? refused };
}
