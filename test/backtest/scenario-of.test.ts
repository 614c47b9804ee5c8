import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { maskedScenario, runScenario, type Scenario, scenario, scenarioOf } from "@drawbridge/engine";
import { integrations } from "@drawbridge/integrations";
import { parsePlaybookText, type Playbook } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";

const library = join(import.meta.dirname, "../../playbook-library");
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
const emails = /[\w.+-]+@[\w-]+(\.[\w-]+)+/g;

describe("a run of the library, saved as a scenario with personal data masked", () => {
  it.each(scenarios)("%s %s goes the same way without its world, and names nobody", async (id, _name, each) => {
    const playbook = playbooks.get(id) as Playbook;
    const { result } = await runScenario({ playbook, playbooks, integrations, scenario: each });
    const recorded = scenarioOf(result.trace, playbook, "Recorded");
    if (result.halt.reason !== "ended" || result.state.endedAt === null) return void expect(recorded === null || result.state.endedAt !== null).toBe(true);
    expect(recorded).not.toBeNull();
    const { scenario: saved, masked } = maskedScenario(recorded as Scenario, playbook);
    const text = JSON.stringify({ ...saved, expect: null });
    for (const { from } of masked) expect(text.includes(`"${from}"`), from).toBe(false);
    const document = JSON.stringify(playbook);
    for (const [email] of text.matchAll(emails)) expect(email.startsWith("person-") || document.includes(email), email).toBe(true);
    const again = await runScenario({ playbook, playbooks, integrations, scenario: scenario.parse(JSON.parse(JSON.stringify(saved))) });
    expect(again.problems).toEqual([]);
  });
});
