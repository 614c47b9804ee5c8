import type { ReportFact, ReportFile, ReportModel, ReportMoment } from "./report-model.ts";

const ink = "#1b1f27";
const soft = "#5b6472";
const line = "#d9dde4";
const wash = "#f5f6f8";
const sans = "font-family:'Helvetica Neue',Helvetica,Arial,sans-serif";
const mono = "font-family:Menlo,Consolas,'Courier New',monospace";
const cell = `padding:7px 10px 7px 0;border-bottom:1px solid ${line};vertical-align:top;text-align:left`;

const escapes: { readonly [character: string]: string } = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text made safe for HTML, in content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

/** The report as one HTML page with inline styles and no other files, fit for e-mail and print. */
export function renderReportHtml(model: ReportModel): string {
  const sections = [
    section("Summary", `<p style="margin:0;font-size:15px;line-height:23px">${model.summary.map(escapeHtml).join(" ")}</p>`),
    section("Case", facts(model.facts)),
    model.clocks.length === 0
      ? ""
      : section(
          "Time limits",
          table(
            ["Clock", "Target", "Elapsed", "State"],
            model.clocks.map(({ name, target, elapsed, state }) => [escapeHtml(name), escapeHtml(target), escapeHtml(elapsed), escapeHtml(state)]),
          ),
        ),
    model.people.length === 0
      ? ""
      : section(
          "People",
          model.people
            .map(
              (person) =>
                `<p style="margin:12px 0 2px;font-size:14px"><b>${escapeHtml(person.name)}</b> <span style="color:${soft}">${escapeHtml(person.role)}</span></p>${facts(person.facts)}`,
            )
            .join(""),
        ),
    model.alert.length === 0 ? "" : section("Alert", facts(model.alert)),
    model.files.rows.length === 0 ? "" : section("Files", files(model.files)),
    model.endpoint.length === 0 ? "" : section("Endpoint", facts(model.endpoint)),
    model.otherFacts.length === 0 ? "" : section("Other facts", facts(model.otherFacts)),
    model.actions.length === 0 ? "" : section("Actions taken", moments(model.actions)),
    model.evidence.length === 0 ? "" : section("Evidence", evidence(model.evidence)),
    model.timeline.length === 0 ? "" : section("Timeline", moments(model.timeline)),
    model.resolution === "" ? "" : section("Resolution", `<p style="margin:0;font-size:14px;line-height:21px;white-space:pre-line">${escapeHtml(model.resolution)}</p>`),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${escapeHtml(model.title)}</title>
</head>
<body style="margin:0;padding:0;background:#ffffff;color:${ink};${sans};-webkit-text-size-adjust:100%">
<div style="max-width:820px;margin:0 auto;padding:32px 28px 40px">
<p style="margin:0 0 18px;padding:8px 12px;border-left:3px solid #8a1c2b;background:${wash};font-size:12px;line-height:17px;color:${ink}">${escapeHtml(model.confidentiality)}</p>
<p style="margin:0;font-size:13px;color:${soft}">${escapeHtml(model.caseId)}</p>
<h1 style="margin:4px 0 6px;font-size:26px;line-height:32px;font-weight:700">${escapeHtml(model.title)}</h1>
<p style="margin:0 0 8px;font-size:13px;color:${soft}">Written ${escapeHtml(model.writtenAt)}. All times are UTC.</p>
${sections.filter((part) => part !== "").join("\n")}
<p style="margin:36px 0 0;padding-top:12px;border-top:1px solid ${line};font-size:12px;color:${soft}">Drawbridge wrote this report from the record of ${escapeHtml(model.caseId)} as it stood at the time above.</p>
</div>
</body>
</html>
`;
}

const section = (title: string, body: string): string =>
  `<h2 style="margin:30px 0 10px;padding-bottom:6px;border-bottom:2px solid ${ink};font-size:16px;line-height:22px;font-weight:700">${escapeHtml(title)}</h2>\n${body}`;

function facts(list: readonly ReportFact[]): string {
  const rows = list.map(
    ({ label, value }) =>
      `<tr><th scope="row" style="${cell};width:170px;font-weight:400;color:${soft}">${escapeHtml(label)}</th><td style="${cell};overflow-wrap:anywhere">${escapeHtml(value)}</td></tr>`,
  );
  return `<table role="presentation" style="width:100%;border-collapse:collapse;font-size:14px;line-height:20px">${rows.join("")}</table>`;
}

/** Cells are HTML already. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const header = head.map((name) => `<th scope="col" style="${cell};font-size:12px;color:${soft};font-weight:700">${escapeHtml(name)}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map((value, at) => `<td style="${cell};overflow-wrap:${at === 0 ? "anywhere" : "break-word"}">${value}</td>`).join("")}</tr>`).join("");
  return `<table style="width:100%;border-collapse:collapse;font-size:13px;line-height:19px"><thead><tr>${header}</tr></thead><tbody>${body}</tbody></table>`;
}

function files({ total, destinations, rows }: ReportModel["files"]): string {
  const summary = destinations
    .map(({ name, count, size }) => `<li style="margin:2px 0">${escapeHtml(name)}: ${count} ${count === 1 ? "file" : "files"}, ${escapeHtml(size)}</li>`)
    .join("");
  return `<p style="margin:0 0 4px;font-size:14px"><b>${escapeHtml(total)}</b></p><ul style="margin:0 0 12px;padding-left:18px;font-size:14px;line-height:20px">${summary}</ul>${table(["File", "Size", "Category", "Destination", "When"], rows.map(fileRow))}`;
}

function fileRow({ name, path, size, category, destination, owner, at, sha256, md5 }: ReportFile): readonly string[] {
  const small = [path, owner === "" ? "" : `Owner ${owner}`].filter((text) => text !== "").map((text) => `<br><span style="color:${soft}">${escapeHtml(text)}</span>`);
  const hashes = [sha256 === "" ? "" : `SHA-256 ${sha256}`, md5 === "" ? "" : `MD5 ${md5}`]
    .filter((text) => text !== "")
    .map((text) => `<br><span style="${mono};font-size:11px;color:${soft}">${escapeHtml(text)}</span>`);
  return [
    `<b>${escapeHtml(name)}</b>${small.join("")}${hashes.join("")}`,
    `<span style="white-space:nowrap">${escapeHtml(size)}</span>`,
    escapeHtml(category),
    escapeHtml(destination),
    escapeHtml(at),
  ];
}

const moments = (list: readonly ReportMoment[]): string =>
  table(
    ["When", "Who", "What"],
    list.map(({ at, by, text }) => [`<span style="white-space:nowrap">${escapeHtml(at)}</span>`, escapeHtml(by), `<span style="white-space:pre-line">${escapeHtml(text)}</span>`]),
  );

function evidence(list: ReportModel["evidence"]): string {
  return table(
    ["What", "Kind", "From", "Added"],
    list.map(({ title, kind, description, hash, added, from }) => [
      `<b>${escapeHtml(title)}</b>${description === "" ? "" : `<br><span style="white-space:pre-line">${escapeHtml(description)}</span>`}${hash === "" ? "" : `<br><span style="${mono};font-size:11px;color:${soft}">${escapeHtml(hash)}</span>`}`,
      escapeHtml(kind),
      escapeHtml(from),
      escapeHtml(added),
    ]),
  );
}
