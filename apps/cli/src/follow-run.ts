import type { Scenario, ScenarioAnswer } from "@drawbridge/engine";
import type { AskView, RunSummary } from "@drawbridge/protocol";
import type { ApiClient } from "./api-client.ts";

const pause = () => new Promise((resolve) => setTimeout(resolve, 200));

/** What the scenario answers to this ask; a called playbook's asks are named `playbook/step`. */
function answerTo(ask: AskView, playbook: string, scenario: Scenario): ScenarioAnswer | null {
  const given = scenario.answers?.[ask.playbook.id === playbook ? ask.step : `${ask.playbook.id}/${ask.step}`] ?? scenario.answers?.[`${ask.playbook.id}/${ask.step}`];
  const first = Array.isArray(given) ? given[0] : given;
  return first === undefined || first === "none" || typeof first === "string" ? null : (first as ScenarioAnswer);
}

async function findRun(api: ApiClient, playbook: string, scenario: Scenario, raised: boolean): Promise<string> {
  if (!raised) return (await api.call<{ id: string }>("startRun", { body: { playbook, input: scenario.input ?? {} } })).id;
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const { items } = await api.call<{ items: RunSummary[] }>("listRuns", { query: { playbook } });
    const [found] = items;
    if (found) return found.id;
    await pause();
  }
  throw new Error("The alert started no run in 30 s.");
}

/** Starts the run, or waits for intake to start it, answers what the scenario answers, and waits until it and what it called have ended. */
export async function followRun(api: ApiClient, playbook: string, scenario: Scenario, raised: boolean): Promise<RunSummary> {
  const id = await findRun(api, playbook, scenario, raised);
  for (let attempt = 0; attempt < 3_000; attempt += 1) {
    const { items: asks } = await api.call<{ items: AskView[] }>("listAsks", { query: { state: "open" } });
    for (const ask of asks) {
      const answer = answerTo(ask, playbook, scenario);
      if (answer) await api.call("answerAsk", { body: { id: ask.id, answer: answer.answer, values: answer.values ?? {} } });
    }
    const { run, children } = await api.call<{ run: RunSummary; children: RunSummary[] }>("getRun", { params: { id } });
    if (run.endedAt !== null && children.every((child) => child.endedAt !== null)) return run;
    await pause();
  }
  throw new Error(`Run ${id} did not end in ten minutes; does the scenario answer every ask?`);
}
