import { ExpressionError, type Json, resolve } from "@drawbridge/playbook";
import { eventScope } from "../event-scope.ts";
import { type Plan, stepAt } from "../plan.ts";
import type { RunError } from "../run-error.ts";
import type { Run } from "../run-state.ts";
import type { RunDecision } from "../trace-event.ts";

/** Nothing is left to do, or an end step said so: the run is over. */
export function concludeRun(plan: Plan, run: Run, time: number): RunDecision {
  const { verdict } = run;
  const outcome = verdict?.outcome ?? null;
  if (verdict?.failed)
    return runFailed(run, { code: "ended-as-failed", message: `The playbook ended as failed: ${verdict.outcome}.`, retryable: false }, stepAt(plan, verdict.step).id);
  const scope = eventScope(plan, run, time);
  try {
    const outputs: Record<string, Json> = {};
    for (const { key, value } of plan.playbook.outputs ?? []) outputs[key] = resolve(value, scope);
    return { type: "run-succeeded", outcome, outputs };
  } catch (thrown) {
    if (!(thrown instanceof ExpressionError)) throw thrown;
    return runFailed(run, { code: "expression-failed", message: `An output cannot be worked out: ${thrown.message}`, retryable: false }, null);
  }
}

/** The run fails where it stands. */
export function runFailed(run: Run, error: RunError, step: string | null): RunDecision {
  return { type: "run-failed", outcome: run.verdict?.failed ? run.verdict.outcome : null, error, step };
}
