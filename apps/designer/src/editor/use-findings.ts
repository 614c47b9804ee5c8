import { type Catalog, checkPlaybook, type Finding, type Playbook } from "@drawbridge/playbook";
import { useMemo } from "react";
import type { StepProblems } from "../canvas/step-view.ts";
import type { StepCatalog } from "../steps/step-catalog.ts";
import { useSettled } from "./use-settled.ts";

const order = { error: 0, warning: 1, hint: 2 } as const;

/** What the checks find, the gravest first. The same code runs in the server. */
export function useFindings(playbook: Playbook, catalog: StepCatalog): readonly Finding[] {
  const settled = useSettled(playbook);
  const world = useMemo((): Catalog => ({ actions: catalog.actions, connections: new Map(catalog.connections.map((each) => [each.id, each.integration])) }), [catalog]);
  return useMemo(() => [...checkPlaybook(settled, world)].sort((a, b) => order[a.severity] - order[b.severity]), [settled, world]);
}

/** The findings as badges; a step's badge keeps its identity while its findings stay. */
export function problemsByStep(findings: readonly Finding[], before: ReadonlyMap<string, StepProblems>): ReadonlyMap<string, StepProblems> {
  const found = new Map<string, { severity: StepProblems["severity"]; messages: string[] }>();
  for (const finding of findings) {
    if (finding.step === undefined) continue;
    const known = found.get(finding.step);
    if (!known) found.set(finding.step, { severity: finding.severity, messages: [finding.message] });
    else known.messages.push(finding.message);
  }
  let changed = found.size !== before.size;
  const kept = new Map<string, StepProblems>();
  for (const [step, problems] of found) {
    const old = before.get(step);
    const same = old && old.severity === problems.severity && old.messages.join("\n") === problems.messages.join("\n");
    kept.set(step, same ? old : problems);
    if (!same) changed = true;
  }
  return changed ? kept : before;
}
