import type { Json } from "@drawbridge/playbook";
import type { Writable } from "../fold/draft.ts";
import type { PlanStep } from "../plan.ts";
import type { RunError } from "../run-error.ts";
import type { RunDecision } from "../trace-event.ts";

/** The step is done and goes `way`. */
export function succeeded(
  at: PlanStep,
  output: Json,
  way: string | null,
  extra: { readonly explained?: Json; readonly vars?: { readonly [key: string]: Json }; readonly error?: RunError; readonly simulated?: true } = {},
): RunDecision {
  const { explained, vars, error, simulated } = extra;
  const decision: Writable<Extract<RunDecision, { readonly type: "step-succeeded" }>> = { type: "step-succeeded", step: at.id, output, way };
  if (explained !== undefined) decision.explained = explained;
  if (vars !== undefined) decision.vars = vars;
  if (error !== undefined) decision.error = error;
  if (simulated) decision.simulated = simulated;
  return decision;
}

/** The step failed; `way` is taken when the step has it, then `error`. */
export function failed(at: PlanStep, error: RunError, way: "error" | "limit" = "error"): RunDecision {
  const taken = at.ways.find((each) => each.kind === way) ?? at.ways.find((each) => each.kind === "error");
  return { type: "step-failed", step: at.id, error, way: taken?.id ?? null };
}
