import { inflateSync } from "node:zlib";
import type { ReportModel } from "@drawbridge/integrations/cases";
import { describe, expect, it } from "vitest";
import { printable, renderReportPdf } from "./render-report-pdf.ts";

const model: ReportModel = {
  caseId: "CASE-2041",
  title: "Investigation summary: Exposure on an endpoint",
  confidentiality: "Confidential.",
  writtenAt: "24 Nov 2026, 09:14 UTC",
  summary: ["Seven files left the company."],
  facts: [{ label: "Owner", value: "Priya Nair" }],
  clocks: [{ name: "Resolve", target: "1 h", elapsed: "12 min", state: "Met" }],
  people: [{ role: "Employee", name: "Zoë Müller", facts: [{ label: "Title", value: "VP Product" }] }],
  alert: [],
  endpoint: [{ label: "Hostname", value: "JANDERSON-LT" }],
  otherFacts: [],
  files: {
    total: "60 files, 41.8 MB",
    destinations: [],
    rows: Array.from({ length: 60 }, (_, index) => ({
      name: `Q4-forecast-${index}.xlsx`,
      path: "C:/Users/janderson/Finance/",
      size: "6.1 MB",
      category: "Spreadsheet",
      destination: "USB",
      owner: "janderson",
      at: "today",
      sha256: "a".repeat(64),
      md5: "b".repeat(32),
    })),
  },
  timeline: [{ at: "09:14", by: "Open the case", text: "Opened → the case" }],
  actions: [],
  evidence: [],
  resolution: "",
};

/** The text of a PDF whose strings are hexadecimal in a single-byte encoding. */
function textOf(pdf: Buffer): string {
  const raw = pdf.toString("latin1");
  const streams = [...raw.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map((match) => {
    try {
      return inflateSync(Buffer.from(match[1] ?? "", "latin1")).toString("latin1");
    } catch {
      return "";
    }
  });
  return streams
    .join("\n")
    .replace(
      /\[((?:<[0-9a-f]*>|[-\d.\s])*)\] TJ/g,
      (_whole, parts: string) => `\u0001${[...parts.matchAll(/<([0-9a-f]*)>/g)].map((part) => Buffer.from(part[1] ?? "", "hex").toString("latin1")).join("")}\u0002`,
    )
    .split("\u0001")
    .map((part) => part.split("\u0002")[0] ?? "")
    .join(" ");
}

/** Lines break after hyphens and slashes, so spaces say nothing. */
const withoutSpaces = (text: string): string => text.replace(/\s+/g, "");

describe("the report as a PDF", () => {
  it("holds its facts as selectable text, over as many pages as they need", async () => {
    const pdf = Buffer.from(await renderReportPdf(model));
    const text = withoutSpaces(textOf(pdf));
    for (const fact of ["Investigation summary", "Priya Nair", "JANDERSON-LT", "Zoë Müller", "Q4-forecast-59.xlsx", "Opened -> the case"])
      expect(text.includes(withoutSpaces(fact)), fact).toBe(true);
    expect(pdf.toString("latin1").match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(2);
    expect(text.includes("CASE-2041·1/5"), "page numbers").toBe(true);
  });

  it("shows what its fonts do not know by the nearest they do", () => {
    expect(printable("Čapek \u2014 naïve \u2026 日本 fi\u200bn")).toBe("Capek \u2014 naïve \u2026 ?? fi n");
  });
});
