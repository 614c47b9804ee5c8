import { ActionError, type ActionErrorCode, actionErrorCodes, createFaultBook, type Json, type Simulation } from "@drawbridge/integration-kit";
import type { CaseDesk } from "../case-desk.ts";
import { slaView } from "../sla.ts";
import { caseSeed } from "./case-seed.ts";
import { InMemoryCaseDesk } from "./in-memory-case-desk.ts";

export interface CaseSimulation extends Simulation<CaseDesk> {
  readonly desk: InMemoryCaseDesk;
}

/** Cases in memory with the sample company's people, or the seed's. */
export function simulateCases(seed: Json, clock: () => number): CaseSimulation {
  const desk = new InMemoryCaseDesk(caseSeed.parse(seed ?? {}), clock);
  const faults = createFaultBook();
  const checked =
    <Arguments extends unknown[], Result>(operations: readonly string[], method: (...args: Arguments) => Promise<Result>) =>
    async (...args: Arguments): Promise<Result> => {
      const fault = faults.take(operations);
      if (fault === null) return method(...args);
      const code = actionErrorCodes.find((known): known is ActionErrorCode => known === fault.code) ?? "unavailable";
      throw new ActionError(code, "The case desk fails, as the scenario says.", { retryable: ["unavailable", "timed-out", "rate-limited"].includes(code) });
    };
  const client: CaseDesk = {
    get: checked(["get"], (caseId) => desk.get(caseId)),
    open: checked(["open"], (request, call) => desk.open(request, call)),
    update: checked(["update"], (caseId, update, call) => desk.update(caseId, update, call)),
    addFileEvents: checked(["add-file-events"], (caseId, events, call) => desk.addFileEvents(caseId, events, call)),
    assign: checked(["assign"], (caseId, assignment, call) => desk.assign(caseId, assignment, call)),
    changeSla: (caseId, change, call) => checked([`${change.change}-sla`], () => desk.changeSla(caseId, change, call))(),
    openChild: checked(["open-child"], (parentId, request, call) => desk.openChild(parentId, request, call)),
    addNote: checked(["add-note"], (caseId, note, call) => desk.addNote(caseId, note, call)),
    addEvidence: checked(["add-evidence"], (caseId, evidence, call) => desk.addEvidence(caseId, evidence, call)),
    report: checked(["report"], (caseId, request, call) => desk.report(caseId, request, call)),
    link: checked(["link"], (caseId, otherId, call) => desk.link(caseId, otherId, call)),
    close: checked(["close"], (caseId, request, call) => desk.close(caseId, request, call)),
  };
  return {
    desk,
    client: () => client,
    state: () => ({ cases: desk.records().map((record) => stateOf(record, clock())) }),
    changes: () => [...desk.changes()],
    fail: faults.add,
  };
}

function stateOf(record: ReturnType<InMemoryCaseDesk["records"]>[number], now: number): Json {
  return {
    id: record.id,
    type: record.type,
    title: record.title,
    status: record.status,
    severity: record.severity,
    owner: record.owner?.email ?? null,
    members: record.members.map(({ email }) => email),
    restricted: record.restricted,
    parent: record.parent,
    children: record.children.map(({ id }) => id),
    fields: Object.fromEntries(Object.entries(record.fields).map(([key, { value }]) => [key, value])),
    fileEvents: record.fileEvents.length,
    evidence: record.evidence.map(({ title }) => title),
    reports: record.reports.map(({ title }) => title),
    entries: record.entries.length,
    sla: record.slas.map((clock) => ({ name: clock.name, state: slaView(clock, now).state })),
    resolution: record.resolution,
  };
}
