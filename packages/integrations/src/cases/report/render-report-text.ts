import type { ReportFact, ReportModel, ReportMoment } from "./report-model.ts";

/** The report as plain text, for the text part of an e-mail. */
export function renderReportText(model: ReportModel): string {
  const parts = [
    [model.confidentiality, "", `${model.caseId}`, model.title, `Written ${model.writtenAt}. All times are UTC.`],
    section("Summary", model.summary),
    section("Case", facts(model.facts)),
    section(
      "Time limits",
      model.clocks.map(({ name, target, elapsed, state }) => `${name}: ${state}, ${elapsed} of ${target}`),
    ),
    section(
      "People",
      model.people.flatMap(({ role, name, facts: own }) => [`${role}: ${name}`, ...facts(own).map((text) => `  ${text}`)]),
    ),
    section("Alert", facts(model.alert)),
    section(
      "Files",
      model.files.rows.length === 0
        ? []
        : [model.files.total, ...model.files.rows.map(({ path, name, size, destination, at }) => `  ${path}${name} (${size}) to ${destination}, ${at}`)],
    ),
    section("Endpoint", facts(model.endpoint)),
    section("Other facts", facts(model.otherFacts)),
    section("Actions taken", moments(model.actions)),
    section(
      "Evidence",
      model.evidence.map(({ title, kind, from, hash }) => `${title} (${kind}), from ${from}${hash === "" ? "" : `, ${hash}`}`),
    ),
    section("Timeline", moments(model.timeline)),
    section("Resolution", model.resolution === "" ? [] : [model.resolution]),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

const section = (title: string, lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : [title.toUpperCase(), ...lines]);
const facts = (list: readonly ReportFact[]): readonly string[] => list.map(({ label, value }) => `${label}: ${value}`);
const moments = (list: readonly ReportMoment[]): readonly string[] => list.map(({ at, by, text }) => `${at}  ${by}: ${text}`);
