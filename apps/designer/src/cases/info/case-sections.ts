import type { CaseDetail } from "@drawbridge/protocol";

export type CaseFields = CaseDetail["fields"];

interface SectionField {
  readonly key: string;
  readonly label: string;
  readonly mono?: boolean;
}

/** The facts of each card, in the order in which they are read. */
export const caseSections = {
  alert: [
    { key: "alertType", label: "Alert type" },
    { key: "exposureType", label: "Exposure type" },
    { key: "raisedAt", label: "Raised" },
    { key: "fileCount", label: "Files" },
    { key: "rule", label: "Rule" },
    { key: "risk", label: "Risk" },
    { key: "alertState", label: "Alert state" },
    { key: "alertId", label: "Alert ID", mono: true },
  ],
  employee: [
    { key: "employeeName", label: "Name" },
    { key: "jobTitle", label: "Title" },
    { key: "userCategory", label: "User category" },
    { key: "username", label: "Username", mono: true },
    { key: "employeeEmail", label: "E-mail" },
    { key: "manager", label: "Manager" },
    { key: "managerEmail", label: "Manager's e-mail" },
    { key: "department", label: "Department" },
    { key: "lastDay", label: "Last day" },
  ],
  endpoint: [
    { key: "hostname", label: "Hostname" },
    { key: "ip", label: "IP", mono: true },
    { key: "domain", label: "Domain" },
    { key: "os", label: "OS type" },
    { key: "endpointName", label: "Endpoint name" },
    { key: "endpointStatus", label: "Endpoint status" },
    { key: "endpointType", label: "Endpoint type" },
    { key: "deviceUid", label: "Device UID", mono: true },
    { key: "endpointId", label: "Endpoint ID", mono: true },
  ],
} as const satisfies { readonly [section: string]: readonly SectionField[] };

export type CaseSection = keyof typeof caseSections;

/** Facts that stand somewhere else than in a line of their own. */
const elsewhere = new Set(["totalFileSize", "isolation", "isolatedAt"]);
const known = new Set(Object.values(caseSections).flatMap((fields) => fields.map((field) => field.key as string)));

/** The facts that belong to none of the cards. */
export function otherFields(fields: CaseFields): readonly string[] {
  return Object.keys(fields).filter((key) => !known.has(key) && !elsewhere.has(key));
}

/** Where most facts of a card came from: the newest provenance. */
export function sourceOf(section: CaseSection, fields: CaseFields) {
  return caseSections[section].flatMap(({ key }) => fields[key]?.from ?? []).sort((one, other) => other.at.localeCompare(one.at))[0];
}
