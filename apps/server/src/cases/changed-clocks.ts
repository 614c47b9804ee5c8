import { ActionError } from "@drawbridge/integration-kit";
import { pauseSla, resumeSla, type SlaChange, type SlaClock, startSla, stopSla } from "@drawbridge/integrations/cases";

/** A case's clocks after a change; the same list when nothing changes. */
export function changedClocks(caseId: string, closed: boolean, clocks: readonly SlaClock[], { name, change, targetMs, atRiskMs }: SlaChange, now: number): readonly SlaClock[] {
  const running = clocks.find((clock) => clock.name === name && clock.stoppedAt === null);
  if (change === "start") {
    if (running !== undefined) return clocks;
    if (closed) throw new ActionError("conflict", `${caseId} is closed.`);
    if (targetMs === undefined) throw new ActionError("invalid-input", "A clock needs a target.");
    return [...clocks, startSla({ id: `${caseId}-sla-${clocks.length + 1}`, name, targetMs, atRiskMs }, now)];
  }
  if (running === undefined) {
    if (change === "stop" && clocks.some((clock) => clock.name === name)) return clocks;
    throw new ActionError("not-found", `${caseId} has no clock ${name} that runs.`);
  }
  const changed = { pause: pauseSla, resume: resumeSla, stop: stopSla }[change](running, now);
  return changed === running ? clocks : clocks.map((clock) => (clock === running ? changed : clock));
}
