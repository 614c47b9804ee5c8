import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { Code42Client } from "../client.ts";
import { type FileEventRecord, destinationKinds, fileEventOf, fileEventRecord } from "../file-event-record.ts";
import { criteriaOfAlert, filterGroups } from "../file-event-search.ts";
import { alertId, findAlert } from "../find-alert.ts";

const pageSize = 1_000;
const time = z.iso.datetime({ offset: true });
const texts = (what: string) => z.array(z.string()).describe(what);

export const searchFileEvents = defineAction<Code42Client>()({
  name: "search-file-events",
  title: "Search file events",
  summary: "Finds what happened to files: of an alert, a person, a device or a host, in a time window.",
  effect: "reads",
  repeatable: true,
  input: z.object({
    alertId: alertId.optional().describe("The alert's person and time window; the other fields narrow or override."),
    user: z
      .string()
      .min(1)
      .optional()
      .describe("Code42 user on the device.")
      .meta({ title: "User", examples: ["john.anderson@qrst.com"] }),
    deviceUid: z
      .string()
      .min(1)
      .optional()
      .describe("Code42's id of the device.")
      .meta({ title: "Device", examples: ["935873453596901068"] }),
    hostname: z
      .string()
      .min(1)
      .optional()
      .describe("Host name of the device.")
      .meta({ title: "Host name", examples: ["JANDERSON-LT"] }),
    since: time.optional().describe("At or after, ISO 8601.").meta({ title: "Since" }),
    until: time.optional().describe("At or before, ISO 8601.").meta({ title: "Until" }),
    days: z
      .number()
      .positive()
      .max(90)
      .optional()
      .describe("The last so many days; `since` goes first.")
      .meta({ title: "Days", examples: [30] }),
    limit: z.int().min(1).max(10_000).default(500).describe("At most so many events.").meta({ title: "Limit" }),
  }),
  output: z.object({
    events: z.array(fileEventRecord).describe("The events, the oldest first."),
    totalCount: z.number().describe("How many there are in all."),
    totalFileSize: z.number().describe("Bytes of the events that are listed."),
    users: texts("Code42 users, each once."),
    hostnames: texts("Host names, each once.").meta({ examples: [["JANDERSON-LT"]] }),
    deviceUids: texts("Devices, each once."),
    publicIpAddresses: texts("Public addresses, each once."),
    privateIpAddresses: texts("Addresses inside the network, each once.").meta({ examples: [["10.20.4.61"]] }),
    exposure: texts("How files left, each once."),
    destinations: z
      .array(
        z.object({
          name: z.string().describe("Where files went."),
          kind: z.enum(destinationKinds).describe("Kind of destination."),
          fileCount: z.number().describe("Number of events."),
          totalFileSize: z.number().describe("Bytes."),
        }),
      )
      .describe("Where files went, with their number and size."),
  }),
  run: async ({ alertId: id, days, limit, ...given }, { client, signal, now }) => {
    const ofAlert = id === undefined ? {} : criteriaOfAlert(await findAlert(client, id, signal));
    const recent = days === undefined ? {} : { since: new Date(now() - days * 86_400_000).toISOString(), until: undefined };
    const groups = filterGroups({ ...ofAlert, ...recent, ...withoutUndefined(given) });
    const size = Math.min(limit, pageSize);
    const events: FileEventRecord[] = [];
    for (let number = 1; ; number += 1) {
      const page = await client.searchFileEvents(groups, { number, size }, signal);
      const found = page.fileEvents ?? [];
      events.push(...found.map(fileEventOf));
      if (found.length < size || events.length >= limit) return { ...summarise(events.slice(0, limit)), totalCount: page.totalCount };
    }
  },
});

function withoutUndefined<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}

function summarise(events: readonly FileEventRecord[]) {
  const each = (values: (event: FileEventRecord) => readonly (string | null)[]) => [...new Set(events.flatMap(values))].filter((value) => value !== null);
  const size = (some: readonly FileEventRecord[]) => some.reduce((total, event) => total + (event.fileSize ?? 0), 0);
  const byDestination = new Map<string, FileEventRecord[]>();
  for (const event of events) {
    const key = `${event.destinationKind} ${event.destination}`;
    byDestination.set(key, [...(byDestination.get(key) ?? []), event]);
  }
  return {
    events: [...events],
    totalFileSize: size(events),
    users: each((event) => [event.deviceUserName]),
    hostnames: each((event) => [event.osHostName]),
    deviceUids: each((event) => [event.deviceUid]),
    publicIpAddresses: each((event) => [event.publicIpAddress]),
    privateIpAddresses: each((event) => event.privateIpAddresses),
    exposure: each((event) => event.exposure),
    destinations: [...byDestination.values()].flatMap((some) => {
      const [first] = some;
      return first === undefined ? [] : [{ name: first.destination, kind: first.destinationKind, fileCount: some.length, totalFileSize: size(some) }];
    }),
  };
}
