import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { backtest, type Scenario, runScenario, scenario } from "@drawbridge/engine";
import { catalogOf } from "@drawbridge/integration-kit";
import { integrations } from "@drawbridge/integrations";
import { parsePlaybookText, type Playbook } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";

const library = join(import.meta.dirname, "../../playbook-library");
const actions = catalogOf(integrations).actions;
const facts = (action: string) => actions.get(action) ?? null;

const playbooks = new Map<string, Playbook>(
  readdirSync(library).map((id) => {
    const read = parsePlaybookText(readFileSync(join(library, id, "playbook.json"), "utf8"));
    if (!read.ok) throw new Error(`${id} cannot be read.`);
    return [read.playbook.id, read.playbook];
  }),
);
const scenarios = [...playbooks.keys()].flatMap((id) =>
  readdirSync(join(library, id, "scenarios")).map((name): [string, string, Scenario] => [
    id,
    name,
    scenario.parse(JSON.parse(readFileSync(join(library, id, "scenarios", name), "utf8"))),
  ]),
);

describe("a run of the library, backtested against its own playbook", () => {
  it.each(scenarios)("%s %s goes the same way, entry for entry", async (id, _name, each) => {
    const { result } = await runScenario({ playbook: playbooks.get(id) as Playbook, playbooks, integrations, scenario: each });
    for (const { playbook, trace } of [result, ...result.children]) {
      const draft = playbooks.get(playbook) as Playbook;
      const tested = backtest({ draft, before: draft, trace, facts });
      expect(tested?.backtest).toMatchObject({ verdict: "same", parting: null, unknown: [], calls: { newly: [], noLonger: [], otherInput: [] } });
      expect(tested?.trace).toEqual(trace);
    }
  });
});
