import type { Json } from "@drawbridge/playbook";

/** A value as it is typed: a text stands for itself unless it would read as something else, then it is quoted. */
export function literalText(value: Json): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return value === "" || value !== value.trim() || readsAsJson(value) || value.startsWith("{{") ? JSON.stringify(value) : value;
}

/** What was typed as a value: numbers, true, false, null, quoted text, lists and objects as JSON, everything else as text. */
export function literalOf(text: string): Json {
  const trimmed = text.trim();
  if (!readsAsJson(trimmed)) return trimmed;
  return JSON.parse(trimmed) as Json;
}

function readsAsJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
