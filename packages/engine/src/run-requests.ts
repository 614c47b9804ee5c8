import { answerProblem, awaitedEffect, type Instead, insteadProblem, isDue, mostEarlySignals, type Plan, type Run, type RunInput, takesSignal } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";
import { EngineError } from "./engine-error.ts";

type Named = { readonly [key: string]: Json };

/** What somebody asks of a run: `check` throws an `EngineError` when the run, as it is by then, cannot take it. */
export interface RunRequest {
  readonly make: (at: number) => RunInput;
  readonly check: (run: Run) => void;
}

export function toAnswer(plan: Plan, effect: string, answer: string, values: Named, by: string): RunRequest {
  return {
    make: (at) => ({ type: "ask-answered", at, effect, answer, values, by }),
    check: (run) => {
      const problem = answerProblem(plan, run, effect, answer, values);
      if (!problem) return;
      const code = problem.code === "ask-not-open" ? "ask-closed" : "invalid-answer";
      throw new EngineError(code, problem.message, { details: { problem: problem.code, pointer: problem.pointer } });
    },
  };
}

export function toSignal(signal: string, data: Json): RunRequest {
  return {
    make: (at) => ({ type: "signal-received", at, signal, data }),
    check: (run) => {
      refuseEnded(run);
      if (!takesSignal(run, signal)) throw new EngineError("queue-full", `The run keeps ${mostEarlySignals} signals already that nothing has waited for yet.`);
    },
  };
}

export function toCancel(by: string, reason?: string): RunRequest {
  return { make: (at) => ({ type: "cancel-requested", at, by, ...(reason === undefined ? {} : { reason }) }), check: refuseEnded };
}

export function toPause(by: string): RunRequest {
  return { make: (at) => ({ type: "pause-requested", at, by }), check: refuseEnded };
}

export function toResume(by: string): RunRequest {
  return { make: (at) => ({ type: "resume-requested", at, by }), check: refuseEnded };
}

export function toDecideDoubt(effect: string, decision: "retry" | "done" | "skip", output: Json | undefined, by: string): RunRequest {
  return {
    make: (at) => ({ type: "doubt-decided", at, effect, decision, by, ...(output === undefined ? {} : { output }) }),
    check: (run) => {
      refuseEnded(run);
      if (awaitedEffect(run, effect) === null || isDue(run, effect)) throw new EngineError("not-in-doubt", "This attempt is not in doubt, or not any more.");
    },
  };
}

export function toRerun(plan: Plan, step: string, input: Named | undefined, by: string, instead?: { readonly [step: string]: Instead }): RunRequest {
  return {
    make: (at) => ({ type: "rerun-requested", at, step, by, ...(input === undefined ? {} : { input }), ...(instead === undefined ? {} : { instead }) }),
    check: (run) => {
      if (!plan.indexes.has(step)) throw new EngineError("unknown-step", `The playbook has no step "${step}".`);
      if (run.endedAt === null) throw new EngineError("run-not-ended", "The run is still under way; it can be run again from a step when it has ended.");
      const problem = insteadProblem(plan, run, instead ?? {});
      if (problem !== null) throw new EngineError("invalid-input", problem);
    },
  };
}

export function refuseEnded(run: Run): void {
  if (run.endedAt !== null) throw new EngineError("run-ended", "The run has ended already.");
}
