import { createRequire } from "node:module";
import type { ReportFact, ReportModel } from "@drawbridge/integrations/cases";
import type { Content, TableCell, TDocumentDefinitions } from "pdfmake/interfaces";

type Printer = {
  setFonts(fonts: unknown): void;
  setUrlAccessPolicy(policy: () => boolean): void;
  setLocalAccessPolicy(policy: () => boolean): void;
  createPdf(definition: TDocumentDefinitions): { getBuffer(): Promise<Uint8Array> };
};

let kept: Printer | null = null;

/** The standard fonts need no file; nothing is read from addresses or paths that a document names. */
function printer(): Printer {
  if (kept) return kept;
  const load = createRequire(import.meta.url);
  const made = load("pdfmake") as Printer;
  made.setFonts({ ...(load("pdfmake/standard-fonts/Helvetica") as object), ...(load("pdfmake/standard-fonts/Courier") as object) });
  made.setUrlAccessPolicy(() => false);
  made.setLocalAccessPolicy((...[path]: [string?]) => path === undefined || /^(?:Helvetica|Courier)(?:-[A-Za-z]+)?$/.test(path));
  kept = made;
  return made;
}

const ink = "#1d2433";
const quiet = "#5b6577";
const line = "#d9dee7";
const accent = "#4650c8";

/** The standard fonts know the characters of Windows-1252; others are shown as the nearest one, or as ?. */
export function printable(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\u2010\u2011\u2212]/g, "-")
    .replace(/\u2192/g, "->")
    .replace(/[\u200b-\u200f\u2028-\u202f\ufeff]/g, " ")
    .replace(
      /[^\t\n\r\u0020-\u007e\u00a0-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]/gu,
      (character) => {
        const plain = character.normalize("NFKD").replace(/[^\u0020-\u007e]/g, "");
        return plain === "" ? "?" : plain;
      },
    );
}

/** The investigation summary as a PDF with selectable text. */
export async function renderReportPdf(model: ReportModel): Promise<Uint8Array> {
  return printer().createPdf(definitionOf(model)).getBuffer();
}

function definitionOf(model: ReportModel): TDocumentDefinitions {
  const title = printable(model.title);
  return {
    pageSize: "A4",
    pageMargins: [48, 56, 48, 56],
    info: { title, subject: model.caseId, creator: "Drawbridge", producer: "Drawbridge" },
    defaultStyle: { font: "Helvetica", fontSize: 9.5, lineHeight: 1.25, color: ink },
    styles: {
      heading: { fontSize: 12.5, bold: true, margin: [0, 18, 0, 6] },
      label: { color: quiet },
      small: { fontSize: 8, color: quiet },
      code: { font: "Courier", fontSize: 7.5 },
    },
    footer: (page: number, pages: number) => ({
      margin: [48, 12, 48, 0],
      columns: [
        { text: printable(model.confidentiality), style: "small" },
        { text: `${model.caseId} · ${page} / ${pages}`, style: "small", alignment: "right", width: 120 },
      ],
    }),
    content: [
      { text: "INVESTIGATION SUMMARY", color: accent, bold: true, fontSize: 8, characterSpacing: 1 },
      { text: title, fontSize: 20, bold: true, lineHeight: 1.1, margin: [0, 4, 0, 4] },
      { text: printable(`Written ${model.writtenAt}`), style: "small" },
      { canvas: [{ type: "line", x1: 0, y1: 8, x2: 499, y2: 8, lineWidth: 0.75, lineColor: line }] },
      ...(model.summary.length > 0 ? [{ text: printable(model.summary.join(" ")), fontSize: 11, margin: [0, 12, 0, 0] } satisfies Content] : []),
      ...section("Case", facts(model.facts)),
      ...section(
        "Clocks",
        table(
          ["Clock", "Target", "Elapsed", "State"],
          model.clocks.map((clock) => [clock.name, clock.target, clock.elapsed, clock.state]),
          ["*", "auto", "auto", "auto"],
        ),
      ),
      ...section(
        "People",
        model.people.map((person) => ({
          unbreakable: true,
          stack: [
            {
              text: [
                { text: `${printable(person.role)}  `, style: "label" },
                { text: printable(person.name), bold: true },
              ],
              margin: [0, 4, 0, 2],
            },
            ...facts(person.facts),
          ],
        })),
      ),
      ...section("Alert", facts(model.alert)),
      ...section("Endpoint", facts(model.endpoint)),
      ...section("Other facts", facts(model.otherFacts)),
      ...section("Files", model.files.rows.length === 0 ? [] : [{ text: printable(model.files.total), margin: [0, 0, 0, 6] }, ...model.files.rows.flatMap(fileBlock)]),
      ...section(
        "Actions taken",
        table(
          ["When", "By", "What"],
          model.actions.map((action) => [action.at, action.by, action.text]),
          [96, 110, "*"],
        ),
      ),
      ...section(
        "Evidence",
        table(
          ["Title", "Kind", "From", "Added"],
          model.evidence.map((item) => [[item.title, item.description, item.hash].filter((part) => part !== "").join("\n"), item.kind, item.from, item.added]),
          ["*", "auto", 110, 96],
        ),
      ),
      ...section(
        "Timeline",
        table(
          ["When", "Who", "What"],
          model.timeline.map((moment) => [moment.at, moment.by, moment.text]),
          [96, 110, "*"],
        ),
      ),
      ...section("Resolution", model.resolution === "" ? [] : [{ text: printable(model.resolution) }]),
    ],
  };
}

function section(heading: string, content: Content[]): Content[] {
  return content.length === 0 ? [] : [{ text: heading, style: "heading", headlineLevel: 1 }, ...content];
}

function facts(list: readonly ReportFact[]): Content[] {
  if (list.length === 0) return [];
  const rows: TableCell[][] = list.map(({ label, value }) => [{ text: printable(label), style: "label" }, { text: printable(value) }]);
  return [{ table: { widths: [120, "*"], body: rows }, layout: { ...plain, hLineWidth: () => 0 } }];
}

function table(heads: readonly string[], rows: readonly (readonly string[])[], widths: (string | number)[]): Content[] {
  if (rows.length === 0) return [];
  const body: TableCell[][] = [heads.map((head) => ({ text: head, style: "label", fontSize: 8 })), ...rows.map((row) => row.map((cell) => ({ text: printable(cell) })))];
  return [{ table: { headerRows: 1, widths, body, dontBreakRows: true }, layout: plain }];
}

const plain = {
  hLineWidth: (row: number, node: { table: { body: unknown[] } }) => (row === 0 || row === node.table.body.length ? 0 : 0.5),
  vLineWidth: () => 0,
  hLineColor: () => line,
  paddingLeft: () => 0,
  paddingRight: () => 10,
  paddingTop: () => 3,
  paddingBottom: () => 3,
};

function fileBlock(file: ReportModel["files"]["rows"][number]): Content[] {
  const hashes = [file.sha256 === "" ? "" : `SHA-256 ${file.sha256}`, file.md5 === "" ? "" : `MD5 ${file.md5}`].filter((part) => part !== "").join("   ");
  const about = [file.size, file.category, `to ${file.destination}`, file.owner === "" ? "" : `owner ${file.owner}`, file.at].filter((part) => part !== "").join("  ·  ");
  return [
    {
      unbreakable: true,
      margin: [0, 0, 0, 6],
      stack: [
        {
          text: [
            { text: printable(file.name), bold: true },
            { text: `   ${printable(file.path)}`, style: "small" },
          ],
        },
        { text: printable(about), style: "small" },
        ...(hashes === "" ? [] : [{ text: hashes, style: "code", color: quiet }]),
      ],
    },
  ];
}
