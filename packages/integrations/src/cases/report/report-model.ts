import { caseFieldFacts, type CaseFieldKey, type CaseSection } from "../case-fields.ts";
import type { CaseRecord, FileEvent, PersonRef, Provenance } from "../case-record.ts";
import { slaElapsedMs, slaState, type SlaState } from "../sla.ts";
import { durationText, instantText, sizeText, valueText } from "./format.ts";

export interface ReportFact {
  readonly label: string;
  readonly value: string;
}

export interface ReportPerson {
  readonly role: string;
  readonly name: string;
  readonly facts: readonly ReportFact[];
}

export interface ReportMoment {
  readonly at: string;
  /** Who or what did it. */
  readonly by: string;
  readonly text: string;
}

/** The investigation summary as plain text in its places; HTML, PDF and plain text are made of it. */
export interface ReportModel {
  readonly caseId: string;
  readonly title: string;
  readonly confidentiality: string;
  readonly writtenAt: string;
  readonly summary: readonly string[];
  readonly facts: readonly ReportFact[];
  readonly clocks: readonly { readonly name: string; readonly target: string; readonly elapsed: string; readonly state: string }[];
  readonly people: readonly ReportPerson[];
  readonly alert: readonly ReportFact[];
  readonly endpoint: readonly ReportFact[];
  readonly otherFacts: readonly ReportFact[];
  readonly files: {
    readonly total: string;
    readonly destinations: readonly { readonly name: string; readonly count: number; readonly size: string }[];
    readonly rows: readonly ReportFile[];
  };
  readonly timeline: readonly ReportMoment[];
  readonly actions: readonly ReportMoment[];
  readonly evidence: readonly {
    readonly title: string;
    readonly kind: string;
    readonly description: string;
    readonly hash: string;
    readonly added: string;
    readonly from: string;
  }[];
  readonly resolution: string;
}

export interface ReportFile {
  readonly name: string;
  readonly path: string;
  readonly size: string;
  readonly category: string;
  readonly destination: string;
  readonly owner: string;
  readonly at: string;
  readonly sha256: string;
  readonly md5: string;
}

const slaWords: { readonly [State in SlaState]: string } = { "in-time": "In time", "at-risk": "At risk", breached: "Breached", paused: "Paused", met: "Met", missed: "Missed" };
const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** What the case's record says, put in the order in which it is read. Restricted child cases are not mentioned. `now` is epoch ms. */
export function investigationSummary(record: CaseRecord, now: number, title?: string): ReportModel {
  const entries = record.entries.filter((entry) => entry.text.trim() !== "");
  return {
    caseId: record.id,
    title: title ?? `Investigation summary: ${record.title}`,
    confidentiality: record.restricted
      ? "Restricted. For the members of this investigation only."
      : "Confidential. Contains personal data of employees; pass on only to those who must know.",
    writtenAt: instantText(new Date(now).toISOString()),
    summary: summaryOf(record, now),
    facts: [
      { label: "Case", value: record.id },
      { label: "Type", value: record.type },
      { label: "Severity", value: capital(record.severity) },
      { label: "Status", value: capital(record.status) },
      { label: "Owner", value: record.owner?.name ?? "No owner" },
      { label: "Opened", value: instantText(record.createdAt) },
      ...(record.closedAt === null ? [] : [{ label: "Closed", value: instantText(record.closedAt) }]),
      ...(record.parent === null ? [] : [{ label: "Child of", value: record.parent }]),
      ...list(
        "Child cases",
        record.children.filter((child) => !child.restricted).map((child) => `${child.id} ${child.title}`),
      ),
      ...list(
        "Linked cases",
        record.linked.map((other) => `${other.id} ${other.title}`),
      ),
    ],
    clocks: record.slas.map((clock) => ({
      name: clock.name,
      target: durationText(clock.targetMs),
      elapsed: durationText(slaElapsedMs(clock, now)),
      state: slaWords[slaState(clock, now)],
    })),
    people: peopleOf(record),
    alert: sectionFacts(record, "alert"),
    endpoint: sectionFacts(record, "endpoint"),
    otherFacts: Object.entries(record.fields)
      .filter(([key]) => !Object.hasOwn(caseFieldFacts, key))
      .map(([key, { value }]) => ({ label: key, value: valueText(value) })),
    files: filesOf(record.fileEvents),
    timeline: entries.map((entry) => ({ at: instantText(entry.at), by: entry.by?.name ?? entry.stepName ?? entry.step ?? "Drawbridge", text: plainText(entry.text) })),
    actions: entries
      .filter((entry) => entry.kind === "playbook" || entry.kind === "command")
      .map((entry) => ({
        at: instantText(entry.at),
        by: [entry.stepName ?? entry.step ?? entry.by?.name ?? "Playbook", entry.integration].filter(Boolean).join(", "),
        text: plainText(entry.text),
      })),
    evidence: record.evidence.map((item) => ({
      title: item.title,
      kind: capital(item.kind),
      description: item.description,
      hash: item.hash ?? "",
      added: instantText(item.addedAt),
      from: sourceText(item.provenance),
    })),
    resolution: record.resolution ?? "",
  };
}

const list = (label: string, values: readonly string[]): readonly ReportFact[] => (values.length === 0 ? [] : [{ label, value: values.join("; ") }]);

const fieldText = (record: CaseRecord, key: CaseFieldKey): string => valueText(record.fields[key]?.value ?? null);

function summaryOf(record: CaseRecord, now: number): readonly string[] {
  const who = fieldText(record, "employeeName") || record.subject;
  const title = fieldText(record, "jobTitle");
  const count = record.fileEvents.length;
  const destinations = [...new Set(record.fileEvents.map(({ destination }) => destination).filter((name) => name !== ""))];
  const host = fieldText(record, "hostname") || fieldText(record, "endpointName");
  const isolation = fieldText(record, "isolation");
  const late = record.slas.filter((clock) => ["breached", "missed"].includes(slaState(clock, now))).map((clock) => clock.name);
  return [
    count === 0 ? `${record.title}${who === "" ? "" : `, concerning ${who}`}${title === "" || who === "" ? "" : ` (${title})`}.` : "",
    count > 0
      ? `${count} ${count === 1 ? "file" : "files"} (${sizeText(bytesOf(record.fileEvents))}) left the company${who === "" ? "" : ` by way of ${who}`}${title === "" || who === "" ? "" : ` (${title})`}${destinations.length === 0 ? "" : `, to ${joined(destinations)}`}.`
      : "",
    host === "" ? "" : `The endpoint is ${host}${isolation === "" ? "" : ` (${isolation.toLowerCase()})`}.`,
    fieldText(record, "alertState") === "" ? "" : `The alert's state is ${fieldText(record, "alertState").toLowerCase()}.`,
    record.owner === null ? "No one owns the case." : `${record.owner.name} owns the case.`,
    late.length === 0 ? "" : `Out of time: ${joined(late)}.`,
  ].filter((sentence) => sentence !== "");
}

const joined = (names: readonly string[]): string => (names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`);
const bytesOf = (events: readonly FileEvent[]): number => events.reduce((sum, event) => sum + (event.fileSize ?? 0), 0);

function sectionFacts(record: CaseRecord, section: CaseSection): readonly ReportFact[] {
  return Object.entries(caseFieldFacts).flatMap(([key, fact]) => {
    const field = record.fields[key];
    if (fact.section !== section || field === undefined) return [];
    const value = key === "totalFileSize" && typeof field.value === "number" ? sizeText(field.value) : valueText(field.value);
    return value === "" ? [] : [{ label: fact.title, value }];
  });
}

function peopleOf(record: CaseRecord): readonly ReportPerson[] {
  const employee = sectionFacts(record, "employee").filter(({ label }) => label !== caseFieldFacts.employeeName.title && !label.startsWith("Manager"));
  const name = fieldText(record, "employeeName") || fieldText(record, "username") || record.subject;
  const manager = fieldText(record, "manager");
  const email = fieldText(record, "managerEmail");
  const person = (role: string, { name: called, email: address }: PersonRef): ReportPerson => ({ role, name: called, facts: [{ label: "E-mail", value: address }] });
  return [
    ...(name === "" ? [] : [{ role: "Employee", name, facts: employee }]),
    ...(manager === "" ? [] : [{ role: "Manager", name: manager, facts: email === "" ? [{ label: "E-mail", value: "None known" }] : [{ label: "E-mail", value: email }] }]),
    ...(record.owner === null ? [] : [person("Case owner", record.owner)]),
    ...record.members.filter(({ email: address }) => address !== record.owner?.email).map((member) => person("Investigator", member)),
  ];
}

function filesOf(events: readonly FileEvent[]): ReportModel["files"] {
  const byDestination = new Map<string, FileEvent[]>();
  for (const event of events) {
    const name = event.destination || capital(event.destinationKind.replace("-", " "));
    byDestination.set(name, [...(byDestination.get(name) ?? []), event]);
  }
  return {
    total: `${events.length} ${events.length === 1 ? "file" : "files"}, ${sizeText(bytesOf(events))}`,
    destinations: [...byDestination].map(([name, group]) => ({ name, count: group.length, size: sizeText(bytesOf(group)) })),
    rows: events.map((event) => ({
      name: event.fileName,
      path: event.filePath,
      size: event.fileSize === null ? "" : sizeText(event.fileSize),
      category: event.fileCategory,
      destination: event.destination || event.destinationKind,
      owner: event.fileOwner ?? "",
      at: instantText(event.at),
      sha256: event.sha256 ?? "",
      md5: event.md5 ?? "",
    })),
  };
}

const sourceText = ({ by, step, stepName, integration }: Provenance): string => [stepName ?? step ?? by, integration].filter((part) => part !== undefined).join(", ");

/** Markdown's emphasis, code and escapes taken off. */
function plainText(markdown: string): string {
  return markdown.replace(/(?<!\\)(\*\*|__|`)/g, "").replace(/\\([\\`*_[\]<>#|~])/g, "$1");
}
