import type { TriggerView } from "@drawbridge/protocol";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../api/call.ts";
import { notifyDone, notifyProblem } from "../shared/notify.ts";
import { readTriggersAgain } from "./trigger-queries.ts";

/** Turns a trigger on or off. */
export function useTurnTrigger(trigger: TriggerView) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (enabled: boolean) => call("updateTrigger", { params: { id: trigger.id }, body: { enabled } }),
    onSuccess: ({ data }) => notifyDone(`${data.name} is ${data.enabled ? "on" : "off"}.`),
    onError: notifyProblem,
    onSettled: () => readTriggersAgain(queries),
  });
}
