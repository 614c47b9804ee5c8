import type { RunError } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";

/** What an effect's exception says, as data; anything unknown is `unexpected`. */
export function failureOf(thrown: unknown): { readonly error: RunError; readonly retryAfterMs?: number } {
  if (!(thrown instanceof Error)) return { error: { code: "unexpected", message: String(thrown), retryable: false } };
  const known = thrown as Error & { readonly code?: unknown; readonly retryable?: unknown; readonly retryAfterMs?: unknown; readonly details?: unknown };
  const named = thrown.name === "ActionError" || thrown.name === "ScriptError" || thrown.name === "EngineError";
  const code = named && typeof known.code === "string" ? known.code : "unexpected";
  const error: RunError = {
    code,
    message: thrown.message,
    retryable: named && known.retryable === true,
    ...(named && known.details !== undefined ? { details: known.details as Json } : {}),
  };
  return typeof known.retryAfterMs === "number" ? { error, retryAfterMs: known.retryAfterMs } : { error };
}
