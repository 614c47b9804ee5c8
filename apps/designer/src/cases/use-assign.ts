import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../api/call.ts";
import { notifyDone, notifyProblem } from "../shared/notify.ts";
import { keepCase } from "./case-queries.ts";

/** Gives a case an owner; null takes the owner off. */
export function useAssign(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (email: string | null) => call("assignCase", { params: { id }, body: { email } }),
    onSuccess: ({ data }) => {
      keepCase(queries, data);
      notifyDone(data.owner === null ? `${id} has no owner now.` : `${data.owner.name} owns ${id}.`);
    },
    onError: notifyProblem,
  });
}
