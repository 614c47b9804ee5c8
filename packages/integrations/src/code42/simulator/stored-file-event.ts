import type { Exposure } from "./code42-seed.ts";

/** A file event as the API answers it. */
export type StoredFileEvent = ReturnType<typeof fileEventsOf>[number];

const destinations = {
  usb: {
    action: "removable-media-created",
    exposure: "RemovableMedia",
    process: "explorer.exe",
    destination: {
      category: "Device",
      name: "Removable media",
      removableMedia: { vendor: "SanDisk", name: "SanDisk USB", mediaName: "Cruzer Blade", serialNumber: "4C531001550407108465", busType: "USB 3.0 Bus", capacity: 61_530_439_680 },
    },
  },
  dropbox: {
    action: "sync-app-created",
    exposure: "CloudStorage",
    process: "Dropbox.exe",
    destination: { category: "Cloud Storage", name: "Dropbox", accountName: "personal", accountType: "PERSONAL" },
  },
  browser: {
    action: "application-read",
    exposure: "ApplicationRead",
    process: "chrome.exe",
    destination: { category: "File sharing", name: "WeTransfer", domains: ["wetransfer.com"] },
  },
  email: {
    action: "file-emailed",
    exposure: "Email",
    process: null,
    destination: { category: "Email", name: "Gmail", email: { recipients: ["private@mailbox.example"], subject: "for later" } },
  },
} as const;

/** The events that lead to an alert raised at `at`, epoch ms. */
export function fileEventsOf(alertId: string, exposure: Exposure, userId: string | null, at: number) {
  return exposure.files.map((file, index) => {
    const device = exposure.devices.find(({ hostname }) => hostname === file.device) ?? exposure.devices[0];
    if (device === undefined) throw new RangeError(`The exposure ${exposure.id} has no device.`);
    const kind = destinations[file.to];
    const happened = new Date(at - file.minutesBefore * 60_000).toISOString();
    return {
      "@timestamp": happened,
      event: { id: `${alertId}-event-${index + 1}`, action: kind.action, observer: "Endpoint", inserted: happened, ingested: happened, shareType: [] },
      user: { email: exposure.actor, id: userId, deviceUid: device.uid },
      file: {
        name: file.name,
        directory: file.path,
        category: file.category,
        sizeInBytes: file.size,
        owner: exposure.actor.split("@")[0] ?? null,
        hash: { md5: file.md5 ?? null, sha256: file.sha256 ?? null },
      },
      source: {
        category: "Device",
        name: device.hostname,
        domain: `${device.hostname.toLowerCase()}.${device.domain}`,
        ip: device.publicIp,
        privateIp: device.privateIps,
        operatingSystem: device.operatingSystem,
      },
      destination: kind.destination,
      process: { executable: kind.process, owner: exposure.actor.split("@")[0] ?? null },
      risk: { score: exposure.riskSeverity === "CRITICAL" ? 9 : 6, severity: exposure.riskSeverity, indicators: [], trusted: false },
    };
  });
}

/** What an alert's observation says of these events. */
export function observationOf(alertId: string, exposure: Exposure, events: readonly StoredFileEvent[]) {
  const sorted = [...events].sort((one, other) => one["@timestamp"].localeCompare(other["@timestamp"]));
  const categories = [...new Set(events.map(({ file }) => file.category))];
  const sizeOf = (some: readonly StoredFileEvent[]) => some.reduce((total, { file }) => total + file.sizeInBytes, 0);
  return {
    type$: "OBSERVED_ENDPOINT_ACTIVITY",
    id: `${alertId}-activity`,
    sources: ["Endpoint"],
    exposureTypes: [...new Set(exposure.files.map(({ to }) => destinations[to].exposure))],
    firstActivityAt: sorted[0]?.["@timestamp"],
    lastActivityAt: sorted.at(-1)?.["@timestamp"],
    fileCount: events.length,
    totalFileSize: sizeOf(events),
    fileCategories: categories.map((category) => {
      const some = events.filter(({ file }) => file.category === category);
      return { type$: "OBSERVED_FILE_CATEGORY", category, fileCount: some.length, totalFileSize: sizeOf(some), isSignificant: category === "SourceCode" };
    }),
    files: events.map(({ event, file }) => ({ type$: "OBSERVED_FILE", eventId: event.id, path: file.directory, name: file.name, category: file.category, size: file.sizeInBytes })),
    syncToServices: [...new Set(exposure.files.filter(({ to }) => to === "dropbox").map(() => "Dropbox"))],
    sendingIpAddresses: [...new Set(events.map(({ source }) => source.ip))],
  };
}
