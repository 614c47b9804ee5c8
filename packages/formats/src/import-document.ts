import { parsePlaybookText, type ParsedPlaybook } from "@drawbridge/playbook";

/** Whose document a text is. */
export type DocumentFormat = "drawbridge" | "cacao" | "xsoar" | "unknown";

/** Tells formats apart by what each always has, without reading the whole document twice. */
export function detectFormat(text: string): DocumentFormat {
  if (/^\s*\{/.test(text)) {
    if (/"schemaVersion"\s*:/.test(text)) return "drawbridge";
    if (/"spec_version"\s*:\s*"cacao-/.test(text)) return "cacao";
    return "unknown";
  }
  return /^starttaskid\s*:/m.test(text) && /^tasks\s*:/m.test(text) ? "xsoar" : "unknown";
}

export type ImportedDocument =
  | { readonly ok: true; readonly format: DocumentFormat; readonly playbook: Extract<ParsedPlaybook, { ok: true }>["playbook"] }
  | { readonly ok: false; readonly format: DocumentFormat; readonly problems: readonly { readonly code: string; readonly message: string; readonly pointer: string }[] };

const names: Readonly<Record<Exclude<DocumentFormat, "drawbridge" | "unknown">, string>> = { cacao: "a CACAO playbook", xsoar: "a Cortex XSOAR playbook" };

/** Reads a document into a playbook; a document of another tool is named as what it is and refused. */
export function importDocument(text: string): ImportedDocument {
  const format = detectFormat(text);
  if (format === "cacao" || format === "xsoar")
    return { ok: false, format, problems: [{ code: "unsupported-format", message: `This is ${names[format]}; only Drawbridge's own JSON can be read.`, pointer: "" }] };
  return { format, ...parsePlaybookText(text) };
}
