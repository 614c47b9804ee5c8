import { ActionError } from "@drawbridge/integration-kit";
import * as z from "zod";
import { observationData, type VendorAlert, type VendorAlertSummary } from "./answers.ts";

export const alertStates = ["OPEN", "IN_PROGRESS", "PENDING", "RESOLVED"] as const;
export const alertSeverities = ["LOW", "MODERATE", "HIGH", "CRITICAL"] as const;

export const alertSummary = z.object({
  id: z
    .string()
    .describe("The alert's id.")
    .meta({ examples: ["36fb8ca5-0533-4d25-9763-e09d35d60610"] }),
  name: z
    .string()
    .describe("Name of the rule that raised it.")
    .meta({ examples: ["Exposure on an endpoint"] }),
  description: z.string().describe("The rule's description."),
  type: z
    .string()
    .describe("Kind of rule.")
    .meta({ examples: ["FED_ENDPOINT_EXFILTRATION"] }),
  state: z
    .string()
    .describe("OPEN, IN_PROGRESS, PENDING or RESOLVED.")
    .meta({ examples: ["OPEN"] }),
  severity: z
    .string()
    .describe("The rule's own severity: LOW, MODERATE, HIGH or CRITICAL.")
    .meta({ examples: ["HIGH"] }),
  riskSeverity: z
    .string()
    .describe("By the risk of the events: LOW, MODERATE, HIGH or CRITICAL.")
    .meta({ examples: ["CRITICAL"] }),
  actor: z
    .string()
    .describe("Who did it: the Code42 user name, usually an e-mail address.")
    .meta({ examples: ["john.anderson@qrst.com"] }),
  actorId: z.string().nullable().describe("The Code42 user id of the actor, if known."),
  ruleId: z.string().nullable().describe("Id of the rule that raised it."),
  ruleSource: z
    .string()
    .describe("Where the rule comes from.")
    .meta({ examples: ["Departing Employee"] }),
  createdAt: z
    .string()
    .describe("When it was raised, ISO 8601.")
    .meta({ examples: ["2026-11-24T09:13:00.000Z"] }),
});

const alertFile = z.object({
  eventId: z.string().nullable().describe("Id of the file event."),
  name: z
    .string()
    .describe("File name.")
    .meta({ examples: ["Q4-forecast.xlsx"] }),
  path: z
    .string()
    .describe("Folder of the file.")
    .meta({ examples: ["C:/Users/janderson/Finance/"] }),
  category: z
    .string()
    .describe("Kind of file.")
    .meta({ examples: ["Spreadsheet"] }),
  size: z.number().nullable().describe("Size in bytes."),
});

const observation = z.object({
  id: z.string().nullable().describe("The observation's id."),
  type: z
    .string()
    .describe("Kind of activity.")
    .meta({ examples: ["FedEndpointExfiltration"] }),
  observedAt: z.string().describe("When it was noticed, ISO 8601."),
  sources: z
    .array(z.string())
    .describe("Where it was seen.")
    .meta({ examples: [["Endpoint"]] }),
  exposureTypes: z
    .array(z.string())
    .describe("How files left.")
    .meta({ examples: [["RemovableMedia"]] }),
  fileCount: z.number().describe("Number of files."),
  totalFileSize: z.number().describe("Bytes in all."),
});

export const alertRecord = alertSummary.extend({
  note: z
    .object({ message: z.string().describe("The text."), by: z.string().nullable().describe("Who wrote it."), at: z.string().nullable().describe("When, ISO 8601.") })
    .nullable()
    .describe("The latest note on the alert."),
  observations: z.array(observation).describe("What was noticed, each with its figures."),
  exposureTypes: z
    .array(z.string())
    .describe("How files left, over all observations.")
    .meta({ examples: [["RemovableMedia", "CloudStorage"]] }),
  fileCategories: z.array(z.string()).describe("Kinds of files, over all observations."),
  files: z.array(alertFile).describe("The files that the alert names; file events tell more of each."),
  fileCount: z.number().describe("Number of files, over all observations."),
  totalFileSize: z.number().describe("Bytes, over all observations."),
  firstActivityAt: z.string().nullable().describe("Begin of the activity, ISO 8601."),
  lastActivityAt: z.string().nullable().describe("End of the activity, ISO 8601."),
  syncDestinations: z
    .array(z.string())
    .describe("Cloud services that files were synced to.")
    .meta({ examples: [["Dropbox"]] }),
  sendingIpAddresses: z
    .array(z.string())
    .describe("Public addresses that the activity came from.")
    .meta({ examples: [["203.0.113.24"]] }),
});

export function summaryOf(alert: VendorAlertSummary): z.output<typeof alertSummary> {
  return {
    id: alert.id,
    name: alert.name ?? "",
    description: alert.description ?? "",
    type: alert.type,
    state: alert.state,
    severity: alert.severity ?? alert.riskSeverity ?? "LOW",
    riskSeverity: alert.riskSeverity ?? alert.severity ?? "LOW",
    actor: alert.actor ?? "",
    actorId: alert.actorId ?? null,
    ruleId: alert.ruleId ?? null,
    ruleSource: alert.ruleSource ?? "",
    createdAt: alert.createdAt,
  };
}

export function recordOf(alert: VendorAlert): z.output<typeof alertRecord> {
  const observed = (alert.observations ?? []).map((one) => ({ ...one, facts: decode(one.data) }));
  const all = <Value>(values: (facts: (typeof observed)[number]["facts"]) => readonly Value[] | null | undefined): Value[] => [
    ...new Set(observed.flatMap(({ facts }) => values(facts) ?? [])),
  ];
  const sum = (value: (facts: (typeof observed)[number]["facts"]) => number | null | undefined) => observed.reduce((total, { facts }) => total + (value(facts) ?? 0), 0);
  return {
    ...summaryOf(alert),
    note: typeof alert.note?.message === "string" ? { message: alert.note.message, by: alert.note.lastModifiedBy ?? null, at: alert.note.lastModifiedAt ?? null } : null,
    observations: observed.map(({ id, type, observedAt, facts }) => ({
      id: id ?? null,
      type: type ?? "",
      observedAt,
      sources: facts.sources ?? [],
      exposureTypes: facts.exposureTypes ?? [],
      fileCount: facts.fileCount ?? 0,
      totalFileSize: facts.totalFileSize ?? 0,
    })),
    exposureTypes: all((facts) => facts.exposureTypes),
    fileCategories: all((facts) => facts.fileCategories?.map(({ category }) => category)),
    files: all((facts) => facts.files).map((file) => ({
      eventId: file.eventId ?? null,
      name: file.name,
      path: file.path ?? "",
      category: file.category ?? "",
      size: file.size ?? null,
    })),
    fileCount: sum((facts) => facts.fileCount),
    totalFileSize: sum((facts) => facts.totalFileSize),
    firstActivityAt: all((facts) => (facts.firstActivityAt ? [facts.firstActivityAt] : [])).sort()[0] ?? null,
    lastActivityAt:
      all((facts) => (facts.lastActivityAt ? [facts.lastActivityAt] : []))
        .sort()
        .at(-1) ?? null,
    syncDestinations: all((facts) => facts.syncToServices),
    sendingIpAddresses: all((facts) => facts.sendingIpAddresses),
  };
}

function decode(data: string | null | undefined): z.output<typeof observationData> {
  if (data === null || data === undefined) return {};
  try {
    return observationData.parse(JSON.parse(data));
  } catch (cause) {
    throw new ActionError("invalid-response", "Code42 sent an observation in a form that is not known.", { cause });
  }
}
