import type { Catalog, Finding } from "@drawbridge/playbook";
import { useEffect, useMemo, useRef, useState } from "react";
import type { StepProblems } from "../canvas/step-view.ts";
import { CheckAside } from "./checks/check-aside.ts";
import { useEditor } from "./editor-context.ts";
import { useSettledPlaybook } from "./use-settled-playbook.ts";

/** What the checks find, the gravest first; null until they have looked. They run in a worker, so that they never hold up typing. */
export function useFindings(): readonly Finding[] | null {
  const { catalog } = useEditor();
  const settled = useSettledPlaybook(150);
  const world = useMemo((): Catalog => ({ actions: catalog.actions, connections: new Map(catalog.connections.map((each) => [each.id, each.integration])) }), [catalog]);
  const [findings, setFindings] = useState<readonly Finding[] | null>(null);
  const aside = useRef<CheckAside | null>(null);
  useEffect(() => {
    const made = new CheckAside(() => new Worker(new URL("./checks/check-worker.ts", import.meta.url), { type: "module" }), setFindings);
    aside.current = made;
    return () => {
      made.stop();
      aside.current = null;
    };
  }, []);
  useEffect(() => aside.current?.check(settled, world), [settled, world]);
  return findings;
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
