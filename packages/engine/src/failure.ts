import type { CallActionEffect, RunError, RunInput } from "@drawbridge/interpreter";
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

/** What the engine asks an action's declaration. */
type Facts = { readonly effect: "reads" | "changes"; readonly repeatable: boolean } | null;

/** Whether sending it again does no harm. */
export function mayBeSentTwice(facts: Facts): boolean {
  return facts !== null && (facts.effect === "reads" || facts.repeatable);
}

/** What a call that threw is to its run: a failure, or a doubt when nobody knows whether the vendor carried it out. */
export function callFailed(effect: CallActionEffect, thrown: unknown, facts: Facts, at: number): RunInput {
  const failure = failureOf(thrown);
  const uncertain = thrown instanceof Error && thrown.name === "ActionError" && (thrown as Error & { readonly uncertain?: unknown }).uncertain === true;
  if (uncertain && !mayBeSentTwice(facts)) return { type: "doubt-raised", at, effect: effect.id, error: failure.error };
  return { type: "effect-failed", at, effect: effect.id, ...failure };
}
