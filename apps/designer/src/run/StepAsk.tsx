import { useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "../api/call.ts";
import { useWatch } from "../api/live.ts";
import { AskCard } from "../asks/AskCard.tsx";
import { ProblemNote } from "../shared/ProblemNote.tsx";

/** The question of an ask step, to be answered right here. */
export function StepAsk({ run, step, past }: { run: string; step: string; past: boolean }) {
  const queries = useQueryClient();
  const asks = useQuery({
    queryKey: ["asks", "run", run],
    queryFn: async ({ signal }) => (await call("listAsks", { query: { run, state: "all", limit: 200 }, signal })).data.items,
  });
  useWatch(
    { topic: "asks" },
    {
      "ask-changed": ({ ask }) => ask.run === run && void queries.invalidateQueries({ queryKey: ["asks", "run", run] }),
      again: () => void queries.invalidateQueries({ queryKey: ["asks", "run", run] }),
    },
  );
  if (asks.error) return <ProblemNote error={asks.error} />;
  const ofStep = (asks.data ?? []).filter((each) => each.step === step);
  const ask = ofStep.find(({ state }) => state === "open") ?? [...ofStep].sort((one, other) => other.openedAt.localeCompare(one.openedAt))[0];
  if (!ask) return null;
  return <AskCard ask={past ? { ...ask, mayAnswer: false } : ask} />;
}
