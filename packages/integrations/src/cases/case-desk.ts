import type { Json } from "@drawbridge/integration-kit";
import type { AlertRef, CaseSeverity, EvidenceKind, FileEvent, PersonRef } from "./case-record.ts";
import type { CaseSnapshot } from "./case-snapshot.ts";
import type { OwnerRule } from "./choose-owner.ts";

/** Who asks the desk, for what, and under which key. */
export interface DeskCall {
  /** A person's e-mail, or `playbook:<id>`; rights are checked for it. */
  readonly actor: string;
  /** A second call of the same method with the same key changes nothing and answers what the first one did. */
  readonly idempotencyKey: string;
  readonly run: { readonly id: string; readonly playbook: string; readonly step: string } | null;
  readonly signal: AbortSignal;
}

export interface OpenCase {
  readonly type: string;
  readonly title: string;
  readonly subject: string;
  readonly severity: CaseSeverity;
  /** While a case about the same alert is open, that one is the answer. */
  readonly alert: AlertRef | null;
  readonly fields: { readonly [key: string]: Json };
  readonly members: readonly string[];
}

export interface CaseUpdate {
  readonly title?: string | undefined;
  readonly subject?: string | undefined;
  readonly severity?: CaseSeverity | undefined;
  readonly status?: "open" | "contained" | undefined;
  readonly fields: { readonly [key: string]: Json };
  /** The step that found the facts; the calling step without it. */
  readonly source: string | null;
}

/** An owner by e-mail, or by rule. */
export type Assignment = { readonly owner: string } | OwnerRule;

export interface SlaChange {
  readonly name: string;
  readonly change: "start" | "pause" | "resume" | "stop";
  /** For `start`. */
  readonly targetMs?: number | undefined;
  readonly atRiskMs?: number | undefined;
}

export interface OpenChildCase {
  readonly title: string;
  readonly type: string | null;
  readonly severity: CaseSeverity | null;
  readonly restricted: boolean;
  readonly members: readonly string[];
  readonly owner: string | null;
  /** Field names to copy; null for all. */
  readonly copyFields: readonly string[] | null;
  readonly copyFileEvents: boolean;
}

export interface NewEvidence {
  readonly kind: EvidenceKind;
  readonly title: string;
  readonly description: string;
  readonly hash: string | null;
  readonly data: Json | undefined;
  readonly source: string | null;
}

/** The report as it goes out. `attachment` is the PDF, where the desk can make one. */
export interface WrittenReport {
  readonly reportId: string;
  readonly title: string;
  readonly html: string;
  readonly text: string;
  readonly attachment: { readonly filename: string; readonly contentType: string; readonly contentBase64: string } | null;
}

/** A case after a change. */
export interface Changed {
  readonly case: CaseSnapshot;
}

/**
 * Where cases are kept: the server's database, or memory. Every method that changes is idempotent by its key. Failures are
 * `ActionError`s: `not-found` for a case that is not there or that the actor may not know of, `permission-denied`,
 * `conflict` for a change that the case's state forbids, `invalid-input`.
 */
export interface CaseDesk {
  readonly get: (caseId: string, call: DeskCall) => Promise<Changed>;
  readonly open: (request: OpenCase, call: DeskCall) => Promise<Changed & { readonly created: boolean }>;
  readonly update: (caseId: string, update: CaseUpdate, call: DeskCall) => Promise<Changed>;
  /** Events that the case has already, by id, are left out. */
  readonly addFileEvents: (caseId: string, events: readonly FileEvent[], call: DeskCall) => Promise<Changed & { readonly added: number }>;
  readonly assign: (caseId: string, assignment: Assignment, call: DeskCall) => Promise<Changed & { readonly owner: PersonRef; readonly reason: string }>;
  /** Starting a clock that runs, and pausing, resuming or stopping one that is so already, changes nothing. */
  readonly changeSla: (caseId: string, change: SlaChange, call: DeskCall) => Promise<Changed>;
  /** `case` is the parent. A restricted child leaves no trace on it for people outside the child's team. */
  readonly openChild: (parentId: string, request: OpenChildCase, call: DeskCall) => Promise<Changed & { readonly child: CaseSnapshot }>;
  readonly addNote: (caseId: string, note: { readonly text: string; readonly data: Json | undefined }, call: DeskCall) => Promise<Changed & { readonly entry: string }>;
  readonly addEvidence: (caseId: string, evidence: NewEvidence, call: DeskCall) => Promise<Changed & { readonly evidence: string }>;
  readonly report: (caseId: string, request: { readonly title: string | null }, call: DeskCall) => Promise<Changed & WrittenReport>;
  /** Both ways; linking twice changes nothing. */
  readonly link: (caseId: string, otherId: string, call: DeskCall) => Promise<Changed>;
  /** Stops the clocks that run. Closing a closed case changes nothing. */
  readonly close: (caseId: string, request: { readonly resolution: string; readonly children: "keep" | "close" }, call: DeskCall) => Promise<Changed>;
}
