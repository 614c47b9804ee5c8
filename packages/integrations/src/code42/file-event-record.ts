import * as z from "zod";
import type { VendorFileEvent } from "./answers.ts";

export const destinationKinds = ["removable-media", "cloud-sync", "browser", "email", "other"] as const;

export const fileEventRecord = z.object({
  id: z.string().describe("The event's id."),
  eventTimestamp: z
    .string()
    .describe("When it happened, ISO 8601.")
    .meta({ examples: ["2026-11-24T08:41:10.000Z"] }),
  action: z
    .string()
    .describe("What happened.")
    .meta({ examples: ["removable-media-created"] }),
  fileName: z
    .string()
    .describe("File name.")
    .meta({ examples: ["Roadmap-2027.pptx"] }),
  filePath: z
    .string()
    .describe("Folder of the file.")
    .meta({ examples: ["C:/Users/janderson/Product/"] }),
  fileSize: z.number().nullable().describe("Size in bytes."),
  fileCategory: z
    .string()
    .describe("Kind of file.")
    .meta({ examples: ["Presentation"] }),
  fileOwner: z.string().nullable().describe("Owner of the file on the device."),
  sha256: z.string().nullable().describe("SHA-256 of the contents."),
  md5: z.string().nullable().describe("MD5 of the contents."),
  exposure: z
    .array(z.string())
    .describe("How the file left.")
    .meta({ examples: [["RemovableMedia"]] }),
  destination: z
    .string()
    .describe("Where it went, for people.")
    .meta({ examples: ["SanDisk USB"] }),
  destinationKind: z.enum(destinationKinds).describe("Kind of destination."),
  syncDestination: z
    .string()
    .nullable()
    .describe("The cloud service it was synced to.")
    .meta({ examples: ["Dropbox"] }),
  removableMediaName: z.string().nullable().describe("Name of the removable device."),
  removableMediaSerialNumber: z.string().nullable().describe("Serial number of the removable device."),
  deviceUserName: z
    .string()
    .nullable()
    .describe("Code42 user on the device.")
    .meta({ examples: ["john.anderson@qrst.com"] }),
  deviceUid: z
    .string()
    .nullable()
    .describe("Code42's id of the device.")
    .meta({ examples: ["935873453596901068"] }),
  osHostName: z
    .string()
    .nullable()
    .describe("Host name of the device.")
    .meta({ examples: ["JANDERSON-LT"] }),
  domainName: z.string().nullable().describe("Full name of the device in its domain."),
  publicIpAddress: z.string().nullable().describe("Public address of the device."),
  privateIpAddresses: z
    .array(z.string())
    .describe("Addresses of the device inside the network.")
    .meta({ examples: [["10.20.4.61"]] }),
  processName: z.string().nullable().describe("Program that touched the file."),
  riskScore: z.number().nullable().describe("Code42's risk score."),
});
export type FileEventRecord = z.output<typeof fileEventRecord>;

export function fileEventOf(event: VendorFileEvent): FileEventRecord {
  const { file, source, destination, user, process, risk } = event;
  const media = destination?.removableMedia ?? null;
  const action = event.event.action ?? "";
  const kind = kindOf(action, event);
  const name = destination?.name ?? null;
  return {
    id: event.event.id,
    eventTimestamp: event["@timestamp"],
    action,
    fileName: file?.name ?? "",
    filePath: file?.directory ?? "",
    fileSize: file?.sizeInBytes ?? null,
    fileCategory: file?.category ?? "",
    fileOwner: file?.owner ?? null,
    sha256: file?.hash?.sha256 ?? null,
    md5: file?.hash?.md5 ?? null,
    exposure: exposureOf(action, kind),
    destination: media === null ? (name ?? destination?.domains?.[0] ?? destination?.email?.recipients?.join(", ") ?? "") : (media.name ?? media.vendor ?? "Removable media"),
    destinationKind: kind,
    syncDestination: kind === "cloud-sync" ? name : null,
    removableMediaName: media?.name ?? null,
    removableMediaSerialNumber: media?.serialNumber ?? null,
    deviceUserName: user?.email ?? null,
    deviceUid: user?.deviceUid ?? null,
    osHostName: source?.name ?? null,
    domainName: source?.domain ?? null,
    publicIpAddress: source?.ip ?? null,
    privateIpAddresses: [...(source?.privateIp ?? [])],
    processName: process?.executable ?? null,
    riskScore: risk?.score ?? null,
  };
}

function kindOf(action: string, { destination }: VendorFileEvent): FileEventRecord["destinationKind"] {
  if (action.startsWith("removable-media") || destination?.removableMedia) return "removable-media";
  if (action.startsWith("sync-app") || destination?.category === "Cloud Storage") return "cloud-sync";
  if (action === "file-emailed" || destination?.email) return "email";
  return action === "application-read" || (destination?.domains ?? []).length > 0 ? "browser" : "other";
}

const exposureOfKind: Readonly<Record<FileEventRecord["destinationKind"], string | null>> = {
  "removable-media": "RemovableMedia",
  "cloud-sync": "CloudStorage",
  browser: "ApplicationRead",
  email: "Email",
  other: null,
};

function exposureOf(action: string, kind: FileEventRecord["destinationKind"]): string[] {
  const exposure = action === "file-shared" ? "SharedViaLink" : action === "file-printed" ? "Printed" : exposureOfKind[kind];
  return exposure === null ? [] : [exposure];
}
