import { caseFieldFacts } from "./case-fields.ts";
import { durationText, sizeText } from "./report/format.ts";
import type { SlaChange } from "./case-desk.ts";
import type { PersonRef } from "./case-record.ts";

const strong = (text: string) => `**${escapeMarkdown(text)}**`;

/** What the war room says when the desk changes a case; Markdown, names escaped. */
export const entryText = {
  opened: (title: string) => `Opened the case: ${strong(title)}.`,
  updated: (fields: readonly string[], others: readonly string[]) => `Filled in ${[...fields.map(labelOf), ...others].join(", ")}.`,
  fileEvents: (added: number, bytes: number) => `Added ${added} file ${added === 1 ? "event" : "events"}, ${sizeText(bytes)}.`,
  assigned: (owner: PersonRef, reason: string | null) => `Owner: ${strong(owner.name)}${reason === null ? "" : `, who ${reason}`}.`,
  sla: ({ name, change, targetMs }: SlaChange) =>
    change === "start"
      ? `Started the clock ${strong(name)}, due in ${durationText(targetMs ?? 0)}.`
      : `${{ pause: "Paused", resume: "Resumed", stop: "Stopped" }[change]} the clock ${strong(name)}.`,
  childOpened: (id: string, title: string) => `Opened the child case ${id}: ${strong(title)}.`,
  evidence: (title: string) => `Added to the evidence: ${strong(title)}.`,
  reported: (title: string) => `Wrote the report ${strong(title)}.`,
  linked: (id: string, title: string) => `Linked with ${id}: ${strong(title)}.`,
  closed: (resolution: string) => `Closed the case: ${escapeMarkdown(resolution)}`,
} as const;

const labelOf = (key: string): string => (Object.hasOwn(caseFieldFacts, key) ? caseFieldFacts[key as keyof typeof caseFieldFacts].title : key);

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~]/g, (character) => `\\${character}`);
}
