import type { Json } from "@drawbridge/playbook";

/** A text as JSON, or why it is none. */
export function readJson(text: string): { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly problem: string } {
  try {
    return { ok: true, value: text.trim() === "" ? null : (JSON.parse(text) as Json) };
  } catch (error) {
    return { ok: false, problem: `This is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}
