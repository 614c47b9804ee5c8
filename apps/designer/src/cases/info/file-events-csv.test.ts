import type { FileEvent } from "@drawbridge/protocol";
import { expect, it } from "vitest";
import { fileEventsCsv } from "./file-events-csv.ts";
import { fileEventsShown } from "./sort-file-events.ts";

const event = (changes: Partial<FileEvent>): FileEvent => ({
  id: "1",
  fileName: "a.txt",
  filePath: "C:/",
  fileSize: 5,
  fileCategory: "Document",
  destination: "Dropbox",
  destinationKind: "cloud-sync",
  sha256: null,
  md5: null,
  fileOwner: null,
  at: "2026-11-24T09:00:00.000Z",
  exposure: [],
  ...changes,
});

it("quotes what CSV would take apart and defuses what a spreadsheet would run", () => {
  const [, line] = fileEventsCsv([event({ fileName: '=cmd|"x"!A1', filePath: "a,b", fileSize: -1, exposure: ["one", "two"] })]).split("\r\n");
  expect(line).toBe(`"'=cmd|""x""!A1","a,b",-1,Document,Dropbox,cloud-sync,,,,2026-11-24T09:00:00.000Z,one; two`);
});

it("keeps the events that hold every word of the filter", () => {
  const events = [event({ id: "1", fileName: "Roadmap.pptx" }), event({ id: "2", fileName: "Roadmap.docx", destination: "SanDisk USB" })];
  expect(fileEventsShown(events, "roadmap usb", { key: "at", down: false }).map(({ id }) => id)).toEqual(["2"]);
});

it("orders sizes as numbers and names as people count", () => {
  const events = [event({ id: "1", fileName: "file10", fileSize: 9 }), event({ id: "2", fileName: "file2", fileSize: 100 }), event({ id: "3", fileName: "file1", fileSize: null })];
  expect(fileEventsShown(events, "", { key: "fileSize", down: true }).map(({ id }) => id)).toEqual(["2", "1", "3"]);
  expect(fileEventsShown(events, "", { key: "fileName", down: false }).map(({ id }) => id)).toEqual(["3", "2", "1"]);
});
