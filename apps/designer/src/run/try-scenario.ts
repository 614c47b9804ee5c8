import type { Json, Playbook } from "@drawbridge/playbook";

/** Runs the scenario against the document that the run followed, here and without anything outside; what was otherwise, in the order in which it is compared. */
export async function tryScenario(playbook: Playbook, document: { readonly [key: string]: Json }): Promise<readonly string[]> {
  const [{ runScenario, scenario }, { integrations }] = await Promise.all([import("@drawbridge/engine"), import("@drawbridge/integrations")]);
  return (await runScenario({ playbook, integrations, scenario: scenario.parse(document) })).problems;
}
