import { defineIntegration } from "@drawbridge/integration-kit";
import * as z from "zod";
import { addEvidence } from "./actions/add-evidence.ts";
import { addFileEvents } from "./actions/add-file-events.ts";
import { addNote } from "./actions/add-note.ts";
import { assign } from "./actions/assign.ts";
import { close } from "./actions/close.ts";
import { get } from "./actions/get.ts";
import { link } from "./actions/link.ts";
import { openChild } from "./actions/open-child.ts";
import { open } from "./actions/open.ts";
import { pauseSlaClock } from "./actions/pause-sla.ts";
import { report } from "./actions/report.ts";
import { resumeSlaClock } from "./actions/resume-sla.ts";
import { startSlaClock } from "./actions/start-sla.ts";
import { stopSlaClock } from "./actions/stop-sla.ts";
import { update } from "./actions/update.ts";
import type { CaseDesk } from "./case-desk.ts";
import { simulateCases } from "./simulator/simulate-cases.ts";

export type { Assignment, CaseDesk, CaseUpdate, Changed, DeskCall, NewEvidence, OpenCase, OpenChildCase, SlaChange, WrittenReport } from "./case-desk.ts";
export { type CaseFieldKey, caseFieldFacts, type CaseSection } from "./case-fields.ts";
export type { AlertRef, CaseEntry, CaseField, CaseLink, CaseRecord, CaseSeverity, CaseStatus, Evidence, EvidenceKind, FileEvent, PersonRef, Provenance } from "./case-record.ts";
export { type CaseSnapshot, caseSnapshot, snapshotOf } from "./case-snapshot.ts";
export { type Candidate, chooseOwner, type OwnerRule } from "./choose-owner.ts";
export { durationMs } from "./duration.ts";
export { entryText } from "./entry-text.ts";
export { durationText, instantText, sizeText } from "./report/format.ts";
export { escapeHtml, renderReportHtml } from "./report/render-report-html.ts";
export { renderReportText } from "./report/render-report-text.ts";
export { investigationSummary, type ReportFact, type ReportFile, type ReportModel, type ReportMoment, type ReportPerson } from "./report/report-model.ts";
export { type CaseSeed, caseSeed } from "./simulator/case-seed.ts";
export { InMemoryCaseDesk } from "./simulator/in-memory-case-desk.ts";
export { nextSlaChangeAt, pauseSla, resumeSla, type SlaClock, slaDueAt, slaElapsedMs, type SlaState, slaState, slaView, type SlaView, startSla, stopSla } from "./sla.ts";

export const cases = defineIntegration<CaseDesk>()({
  id: "cases",
  title: "Cases",
  summary: "The case a run works on: owner, clocks, facts, evidence, war room, children, report.",
  tile: { icon: "briefcase", color: "iris" },
  connection: z.object({}),
  actions: [open, update, addFileEvents, assign, startSlaClock, pauseSlaClock, resumeSlaClock, stopSlaClock, openChild, addNote, addEvidence, report, link, close, get],
  simulate: simulateCases,
});
