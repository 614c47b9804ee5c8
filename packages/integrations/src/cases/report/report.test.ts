import { describe, expect, it } from "vitest";
import type { CaseRecord } from "../case-record.ts";
import { startSla, stopSla } from "../sla.ts";
import { durationText, instantText, sizeText, valueText } from "./format.ts";
import { renderReportHtml } from "./render-report-html.ts";
import { renderReportText } from "./render-report-text.ts";
import { investigationSummary } from "./report-model.ts";

const at = "2026-11-24T09:14:00.000Z";
const now = Date.parse(at) + 46 * 60_000;
const from = { at, by: "playbook:code42-exfiltration", run: "run-1", step: "get-employee", stepName: "Look up the employee", integration: "active-directory" };
const fields = (values: { readonly [key: string]: CaseRecord["fields"][string]["value"] }) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value, from }]));
const event = {
  id: "e1",
  fileName: "Roadmap-2027.pptx",
  filePath: "C:/Users/janderson/Product/",
  fileSize: 18_400_000,
  fileCategory: "Presentation",
  destination: "SanDisk USB",
  destinationKind: "removable-media",
  sha256: "9f2c41be",
  md5: "c4ca",
  fileOwner: "janderson",
  at,
  exposure: ["RemovableMedia"],
} as const;
const entry = { at, by: null, run: "run-1", integration: "cortex-xdr", evidence: null } as const;

const record: CaseRecord = {
  id: "CASE-2041",
  type: "insider-threat",
  title: "Exposure on an endpoint",
  subject: "John Anderson",
  status: "contained",
  severity: "high",
  alert: { source: "code42", id: "36fb8ca5" },
  owner: { email: "priya.nair@qrst.com", name: "Priya Nair" },
  members: [
    { email: "priya.nair@qrst.com", name: "Priya Nair" },
    { email: "helen.brandt@qrst.com", name: "Helen Brandt" },
  ],
  restricted: false,
  parent: null,
  children: [
    { id: "CASE-2042", title: "Executive investigation", restricted: true },
    { id: "CASE-2043", title: "Second laptop", restricted: false },
  ],
  linked: [],
  fields: fields({
    employeeName: "John Anderson",
    jobTitle: "Vice President, Product",
    username: "janderson",
    manager: "Dana Whitfield",
    managerEmail: "dana.whitfield@qrst.com",
    exposureType: ["Removable media", "Synced to cloud"],
    totalFileSize: 41_800_000,
    alertState: "RESOLVED",
    raisedAt: at,
    hostname: "JANDERSON-LT",
    isolation: "Isolated",
    costCentre: "4711",
  }),
  fileEvents: [event, { ...event, id: "e2", fileName: "Pricing.xlsx", fileSize: 4_700_000, destination: "Dropbox", destinationKind: "cloud-sync" }],
  slas: [stopSla(startSla({ id: "s", name: "Resolve within 1 h", targetMs: 3_600_000 }, Date.parse(at)), now)],
  evidence: [{ id: "v1", kind: "table", title: "Endpoint details", description: "As Cortex XDR had them.", hash: "ab12", addedAt: at, provenance: from }],
  entries: [
    { ...entry, id: "1", kind: "playbook", step: "isolate", stepName: "Isolate the endpoint", text: "**JANDERSON-LT** is isolated, after 7 polls." },
    {
      ...entry,
      id: "2",
      kind: "note",
      by: { email: "helen.brandt@qrst.com", name: "Helen Brandt" },
      run: null,
      step: null,
      stepName: null,
      integration: null,
      text: "Keep this within the three of us.",
    },
  ],
  reports: [],
  createdAt: at,
  closedAt: null,
  resolution: "Files recovered.",
};

describe("the investigation summary", () => {
  const model = investigationSummary(record, now);

  it("says in a few sentences what happened", () => {
    expect(model.summary).toEqual([
      "2 files (23.1 MB) left the company by way of John Anderson (Vice President, Product), to SanDisk USB and Dropbox.",
      "The endpoint is JANDERSON-LT (isolated).",
      "The alert's state is resolved.",
      "Priya Nair owns the case.",
    ]);
  });

  it("names the people with their roles", () => {
    expect(model.people.map(({ role, name }) => `${role}: ${name}`)).toEqual([
      "Employee: John Anderson",
      "Manager: Dana Whitfield",
      "Case owner: Priya Nair",
      "Investigator: Helen Brandt",
    ]);
  });

  it("sorts the facts, groups the files, and tells actions from notes", () => {
    expect(model.alert).toContainEqual({ label: "Exposure type", value: "Removable media, Synced to cloud" });
    expect(model.alert).toContainEqual({ label: "Size", value: "41.8 MB" });
    expect(model.alert).toContainEqual({ label: "Raised", value: "24 Nov 2026, 09:14:00 UTC" });
    expect(model.endpoint).toContainEqual({ label: "Hostname", value: "JANDERSON-LT" });
    expect(model.otherFacts).toEqual([{ label: "costCentre", value: "4711" }]);
    expect(model.files).toMatchObject({
      total: "2 files, 23.1 MB",
      destinations: [
        { name: "SanDisk USB", count: 1, size: "18.4 MB" },
        { name: "Dropbox", count: 1, size: "4.7 MB" },
      ],
    });
    expect(model.actions).toEqual([{ at: "24 Nov 2026, 09:14:00 UTC", by: "Isolate the endpoint, cortex-xdr", text: "JANDERSON-LT is isolated, after 7 polls." }]);
    expect(model.timeline.map(({ by }) => by)).toEqual(["Isolate the endpoint", "Helen Brandt"]);
    expect(model.evidence[0]?.from).toBe("Look up the employee, active-directory");
    expect(model.clocks).toEqual([{ name: "Resolve within 1 h", target: "1 h", elapsed: "46 min", state: "Met" }]);
  });

  it("is silent about restricted child cases", () => {
    const written = JSON.stringify(model) + renderReportHtml(model) + renderReportText(model);
    expect(written).toContain("CASE-2043");
    expect(written).not.toContain("CASE-2042");
    expect(written).not.toContain("Executive investigation");
  });

  it("leaves out what is not known, and says when the manager has no mailbox or nobody owns the case", () => {
    const bare = investigationSummary(
      { ...record, fields: fields({ manager: "Nina Roth" }), fileEvents: [], slas: [], evidence: [], entries: [], owner: null, members: [], children: [], resolution: null },
      now,
      "Interim",
    );
    expect(bare.title).toBe("Interim");
    expect(bare.people).toEqual([
      { role: "Employee", name: "John Anderson", facts: [] },
      { role: "Manager", name: "Nina Roth", facts: [{ label: "E-mail", value: "None known" }] },
    ]);
    const html = renderReportHtml(bare);
    for (const absent of ["Timeline", "Evidence", "Files", "Endpoint", "undefined", "null"]) expect(html).not.toContain(absent);
    expect(bare.summary).toContain("No one owns the case.");
  });
});

describe("the report's HTML", () => {
  it("shows whatever was written as text", () => {
    const nasty = `<script>alert("x")</script>'"&<img src=x onerror=1>`;
    const text = (value: string) => ({ ...record, title: value, type: value, subject: value, resolution: value, id: value });
    const all: CaseRecord = {
      ...text(nasty),
      owner: { email: nasty, name: nasty },
      members: [{ email: "m", name: nasty }],
      linked: [{ id: nasty, title: nasty }],
      fields: fields(Object.fromEntries([...Object.keys(record.fields), nasty].map((key) => [key, nasty]))),
      fileEvents: [{ ...event, fileName: nasty, filePath: nasty, fileCategory: nasty, destination: nasty, sha256: nasty, md5: nasty, fileOwner: nasty }],
      slas: [startSla({ id: "s", name: nasty, targetMs: 1000 }, Date.parse(at))],
      evidence: [{ id: "v", kind: "file", title: nasty, description: nasty, hash: nasty, addedAt: at, provenance: { at, by: nasty } }],
      entries: [{ ...entry, id: "1", kind: "playbook", step: nasty, stepName: nasty, integration: nasty, text: nasty }],
    };
    const html = renderReportHtml(investigationSummary(all, now, nasty));
    expect(html).not.toMatch(/<script|<img/i);
    expect(html.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(25);
  });

  it("needs nothing from elsewhere", () => {
    const html = renderReportHtml(investigationSummary(record, now));
    expect(html).not.toMatch(/\b(?:src|href|url\()/);
    expect(html.startsWith("<!doctype html>")).toBe(true);
  });
});

describe("values for people", () => {
  it("writes sizes, durations, instants and values", () => {
    expect([0, 999, 1000, 18_400_000, 999_960, 5e12].map(sizeText)).toEqual(["0 B", "999 B", "1.0 kB", "18.4 MB", "1.0 MB", "5.0 TB"]);
    expect([0, 999, 61_000, 3_600_000, 5_400_000, 90_061_000].map(durationText)).toEqual(["0 s", "1 s", "1 min 1 s", "1 h", "1 h 30 min", "1 d 1 h"]);
    expect(instantText("2026-11-24T09:05:03.000Z")).toBe("24 Nov 2026, 09:05:03 UTC");
    expect(instantText("soon")).toBe("soon");
    expect([null, true, "x", 4, ["a", 2], { a: 1 }].map(valueText)).toEqual(["", "Yes", "x", "4", "a, 2", '{"a":1}']);
  });
});
