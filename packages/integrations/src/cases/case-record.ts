import type { Json } from "@drawbridge/integration-kit";
import type { SlaClock } from "./sla.ts";

export type CaseStatus = "open" | "contained" | "closed";
export type CaseSeverity = "low" | "medium" | "high" | "critical";

export interface PersonRef {
  readonly email: string;
  readonly name: string;
}

/** Where a fact came from: a step of a run, or a person. Times here and below are ISO 8601 in UTC. */
export interface Provenance {
  readonly at: string;
  /** A person's e-mail, or `playbook:<id>`. */
  readonly by: string;
  readonly run?: string;
  readonly step?: string;
  readonly stepName?: string;
  readonly integration?: string;
}

export interface CaseField {
  readonly value: Json;
  readonly from: Provenance;
}

/** A file that left, as the case's grid shows it. */
export interface FileEvent {
  readonly id: string;
  readonly fileName: string;
  readonly filePath: string;
  readonly fileSize: number | null;
  readonly fileCategory: string;
  readonly destination: string;
  readonly destinationKind: "removable-media" | "cloud-sync" | "browser" | "email" | "other";
  readonly sha256: string | null;
  readonly md5: string | null;
  readonly fileOwner: string | null;
  readonly at: string;
  readonly exposure: readonly string[];
}

export type EvidenceKind = "file" | "entry" | "table" | "artifact";

export interface Evidence {
  readonly id: string;
  readonly kind: EvidenceKind;
  readonly title: string;
  readonly description: string;
  readonly hash: string | null;
  readonly data?: Json;
  readonly addedAt: string;
  readonly provenance: Provenance;
}

/** An entry of the war room. */
export interface CaseEntry {
  readonly id: string;
  readonly at: string;
  readonly kind: "note" | "playbook" | "command" | "system";
  readonly by: PersonRef | null;
  /** Markdown. */
  readonly text: string;
  readonly run: string | null;
  readonly step: string | null;
  readonly stepName: string | null;
  readonly integration: string | null;
  readonly data?: Json;
  readonly evidence: string | null;
}

/** The alert that a case is about. */
export interface AlertRef {
  /** The integration it came from, e.g. `code42`. */
  readonly source: string;
  readonly id: string;
}

export interface CaseLink {
  readonly id: string;
  readonly title: string;
}

/** A case with everything it holds; the snapshot and the report are made of it. */
export interface CaseRecord {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  /** Whom or what it is about, for lists. */
  readonly subject: string;
  readonly status: CaseStatus;
  readonly severity: CaseSeverity;
  readonly alert: AlertRef | null;
  readonly owner: PersonRef | null;
  readonly members: readonly PersonRef[];
  readonly restricted: boolean;
  readonly parent: string | null;
  readonly children: readonly (CaseLink & { readonly restricted: boolean })[];
  readonly linked: readonly CaseLink[];
  readonly fields: { readonly [key: string]: CaseField };
  readonly fileEvents: readonly FileEvent[];
  readonly slas: readonly SlaClock[];
  readonly evidence: readonly Evidence[];
  /** Oldest first. */
  readonly entries: readonly CaseEntry[];
  readonly reports: readonly { readonly id: string; readonly title: string; readonly at: string; readonly by: string }[];
  readonly createdAt: string;
  readonly closedAt: string | null;
  readonly resolution: string | null;
}
