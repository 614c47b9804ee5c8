import type { FileEvent } from "@drawbridge/protocol";

const columns = [
  "fileName",
  "filePath",
  "fileSize",
  "fileCategory",
  "destination",
  "destinationKind",
  "sha256",
  "md5",
  "fileOwner",
  "at",
  "exposure",
] as const satisfies readonly (keyof FileEvent)[];

/** File events as CSV (RFC 4180); a cell that a spreadsheet would take for a formula begins with an apostrophe. */
export function fileEventsCsv(events: readonly FileEvent[]): string {
  const lines = events.map((event) => columns.map((column) => cell(event[column])).join(","));
  return `${[columns.join(","), ...lines].join("\r\n")}\r\n`;
}

function cell(value: string | number | readonly string[] | null): string {
  const text = value === null ? "" : typeof value === "object" ? value.join("; ") : String(value);
  const safe = typeof value !== "number" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
