import type { Integration } from "@drawbridge/integration-kit";
import { compile, stepsOf } from "@drawbridge/interpreter";
import { durationMs, type Json, type Playbook } from "@drawbridge/playbook";
import { type DryRunOf, type DryRunResult, dryRun } from "../dry-run/dry-run.ts";
import { type Covered, coveredBy } from "./coverage.ts";
import { mismatch } from "./matches.ts";
import type { Expectation, Scenario } from "./scenario.ts";

export interface ScenarioResult {
  readonly passed: boolean;
  /** What was not as expected, for people. */
  readonly problems: readonly string[];
  /** What the run itself covered of the playbook. */
  readonly covered: Covered;
  readonly result: DryRunResult;
}

/** Dry-runs the playbook as the scenario says, and compares what came of it. */
export async function runScenario(test: {
  readonly playbook: Playbook;
  readonly playbooks?: ReadonlyMap<string, Playbook>;
  readonly integrations: readonly Integration[];
  readonly scenario: Scenario;
}): Promise<ScenarioResult> {
  const { playbook, playbooks = new Map(), integrations, scenario } = test;
  const { kind = "dry-run", by, source } = scenario.trigger ?? {};
  const result = await dryRun({
    playbook,
    playbooks: new Map([...playbooks].filter(([id]) => !scenario.unpublished?.includes(id))),
    integrations,
    input: scenario.input ?? {},
    trigger: { kind, ...(by === undefined ? {} : { by }), ...(source === undefined ? {} : { source }) },
    case: scenario.case ?? null,
    world: scenario.world ?? {},
    faults: scenario.faults ?? [],
    answers: scenario.answers ?? {},
    results: scenario.results ?? {},
    signals: (scenario.signals ?? []).map(({ signal, data, after }) => ({ signal, afterMs: durationMs(after) ?? 0, ...(data === undefined ? {} : { data }) })),
    ...(scenario.startAt === undefined ? {} : { startAt: Date.parse(scenario.startAt) }),
  });
  const problems = [...result.problems, ...unmet(scenario.expect, result, playbook, playbooks)];
  return { passed: problems.length === 0, problems, covered: coveredBy(result.trace), result };
}

function unmet(expect: Expectation, result: DryRunResult, playbook: Playbook, playbooks: ReadonlyMap<string, Playbook>): string[] {
  const problems = endsAs(expect, result, playbook);
  const failed = statusesOf(result, playbook).flatMap(([id, status]) => (status === "failed" ? [id] : []));
  if (expect.failed) {
    const wanted = new Set(expect.failed);
    for (const id of wanted) if (!failed.includes(id)) problems.push(`step ${id} did not fail`);
    for (const id of failed) if (!wanted.has(id)) problems.push(`step ${id} failed`);
  }
  if (expect.errorCode !== undefined && result.state.error?.code !== expect.errorCode)
    problems.push(`the run's error is ${result.state.error?.code ?? "none"}, not ${expect.errorCode}`);
  problems.push(...compared("outputs", expect.outputs, result.state.outputs, "whole"), ...compared("world", expect.world, result.world, "some"));
  for (const wanted of expect.cases ?? []) if (!result.cases.some((found) => mismatch(wanted, found, "some") === null)) problems.push(`no case is ${JSON.stringify(wanted)}`);
  for (const { playbook: id, ...wanted } of expect.children ?? []) {
    const called = id === playbook.id ? playbook : playbooks.get(id);
    const found = result.children.filter((child) => child.playbook === id);
    if (!called || found.length === 0) problems.push(`the playbook ${id} was not called`);
    else if (!found.some((child) => endsAs(wanted, child, called).length === 0))
      problems.push(...endsAs(wanted, found[0] as DryRunOf, called).map((problem) => `called playbook ${id}: ${problem}`));
  }
  if (result.halt.reason === "out-of-moves") problems.push("the run does not come to an end");
  return problems;
}

function endsAs(expect: Pick<Expectation, "status" | "outcome" | "path" | "skipped">, run: DryRunOf, playbook: Playbook): string[] {
  const problems: string[] = [];
  const { status, outcome, error } = run.state;
  const statuses = new Map(statusesOf(run, playbook));
  if (expect.status !== undefined && status !== expect.status) problems.push(`the run is ${status}${error ? ` (${error.code}: ${error.message})` : ""}, not ${expect.status}`);
  if (expect.outcome !== undefined && outcome !== expect.outcome) problems.push(`the outcome is ${outcome ?? "none"}, not ${expect.outcome ?? "none"}`);
  for (const id of expect.path ?? []) if (statuses.get(id) !== "succeeded") problems.push(`step ${id} is ${statuses.get(id) ?? "unknown"}, not succeeded`);
  for (const id of expect.skipped ?? []) if (statuses.get(id) !== "skipped") problems.push(`step ${id} is ${statuses.get(id) ?? "unknown"}, not skipped`);
  return problems;
}

function statusesOf(run: DryRunOf, playbook: Playbook): [string, string][] {
  return [...stepsOf(run.state, compile(playbook))].map(([id, state]) => [id, state.status]);
}

function compared(what: string, expected: { readonly [key: string]: Json } | undefined, found: { readonly [key: string]: Json }, lists: "whole" | "some"): string[] {
  const wrong = expected === undefined ? null : mismatch(expected, found, lists);
  return wrong === null ? [] : [`${what}: ${wrong}`];
}
