import type { Playbook } from "@drawbridge/playbook";
import { call } from "../../api/call.ts";
import { type Breakpoints, DryRunSession, type DryRunSetup } from "./dry-run-session.ts";

/** Reads the called playbooks and the simulators, and makes a dry run that has not begun. */
export async function startSession(playbook: Playbook, setup: DryRunSetup, breakpoints: Breakpoints): Promise<DryRunSession> {
  const [{ DryRun, coverage, coveredBy }, { integrations }, playbooks] = await Promise.all([
    import("@drawbridge/engine"),
    import("@drawbridge/integrations"),
    calledPlaybooks(playbook),
  ]);
  return new DryRunSession({ make: (options) => new DryRun({ ...options, integrations }), coverage, coveredBy }, playbook, playbooks, setup, breakpoints);
}

/** Every playbook that is called, and that those call. One that cannot be read is left out: the call then fails and says so. */
async function calledPlaybooks(playbook: Playbook): Promise<ReadonlyMap<string, Playbook>> {
  const found = new Map<string, Playbook>();
  let wanted = callsOf(playbook);
  while (wanted.length > 0) {
    const read = await Promise.allSettled(wanted.map(async (id) => (await call("getDraft", { params: { id } })).data.playbook));
    const fresh = read.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    for (const each of fresh) found.set(each.id, each);
    const tried = new Set([...found.keys(), ...wanted, playbook.id]);
    wanted = [...new Set(fresh.flatMap(callsOf))].filter((id) => !tried.has(id));
  }
  return found;
}

const callsOf = (playbook: Playbook) => [
  ...new Set(Object.values(playbook.steps).flatMap((step) => (step.kind === "call" && step.playbook !== playbook.id ? [step.playbook] : []))),
];
