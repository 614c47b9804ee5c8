import { basename } from "node:path";
import { coverage, runScenario } from "@drawbridge/engine";
import { integrations } from "@drawbridge/integrations";
import type { Command } from "../command.ts";
import { readOptions } from "../options.ts";
import { findPlaybookFiles, readNeighbours, readPlaybookFiles, readScenario, readScenarios } from "../playbook-files.ts";

/** Runs every scenario of every playbook at a path against the simulators: exit 1 when one fails. */
export const test: Command = {
  usage: "test <file|folder> [--scenario <file>] [--json]",
  summary: "run scenarios against the simulators, and tell what they cover",
  run: async (words) => {
    const { values, positionals } = readOptions(words, { scenario: { type: "string" } }, { least: 1, most: 1 });
    const paths = (await Promise.all(positionals.map(findPlaybookFiles))).flat();
    let passed = 0;
    let failed = 0;
    const playbooks = [];
    for (const path of paths) {
      const [file] = await readPlaybookFiles([path]);
      if (!file?.result.ok) {
        failed += 1;
        playbooks.push({ id: path, scenarios: [], stepCoverage: 0, branchCoverage: 0, uncovered: [], problems: file?.result.ok === false ? file.result.problems : [] });
        continue;
      }
      const { playbook } = file.result;
      const neighbours = await readNeighbours(path);
      const scenarios = [];
      const covered = [];
      for (const [name, scenario] of values.scenario === undefined
        ? await readScenarios(path)
        : new Map([[basename(values.scenario, ".json"), await readScenario(values.scenario)]])) {
        const result = await runScenario({ playbook, playbooks: neighbours, integrations, scenario });
        covered.push(result.covered);
        scenarios.push({ name, passed: result.passed, problems: result.problems });
        if (result.passed) passed += 1;
        else failed += 1;
        if (!values.json)
          console.log(
            `${result.passed ? "passed" : "FAILED"}  ${playbook.id} / ${name}${result.problems.map((problem) => `\n          ${typeof problem === "string" ? problem : JSON.stringify(problem)}`).join("")}`,
          );
      }
      const measured = coverage(playbook, covered);
      playbooks.push({ id: playbook.id, scenarios, ...measured });
      if (!values.json) console.log(`        ${playbook.id}: steps ${Math.round(measured.stepCoverage * 100)} %, branches ${Math.round(measured.branchCoverage * 100)} %`);
    }
    if (values.json) console.log(JSON.stringify({ passed, failed, playbooks }));
    else console.log(`${passed} passed, ${failed} failed`);
    return failed === 0 && passed > 0 ? 0 : 1;
  },
};
