import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { call } from "../api/call.ts";
import { notifyProblem } from "../shared/notify.ts";

/** Writes a report as the case stands now, and opens it. */
export function useCreateReport(caseId: string) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => call("createReport", { params: { id: caseId } }),
    onSuccess: ({ data }) => {
      void queries.invalidateQueries({ queryKey: ["case", caseId] });
      void navigate({ to: "/cases/$id/reports/$report", params: { id: caseId, report: data.id } });
    },
    onError: notifyProblem,
  });
}
