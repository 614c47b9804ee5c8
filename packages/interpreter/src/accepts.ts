import { sameJson } from "@drawbridge/playbook";
import { insteadProblem } from "./instead-problem.ts";
import { answerProblem } from "./answer-problem.ts";
import { cellAt } from "./fold/cells.ts";
import { takesSignal } from "./fold/early-signals.ts";
import { valueOf } from "./persistent/keyed.ts";
import type { Plan } from "./plan.ts";
import type { Awaited, AwaitedEffect, Run } from "./run-state.ts";
import type { RunInput } from "./trace-event.ts";

type InputOf<Type extends RunInput["type"]> = Extract<RunInput, { readonly type: Type }>;
type Accepting = { readonly [Type in RunInput["type"]]: (plan: Plan, run: Run, input: InputOf<Type>) => boolean };

const attempts: readonly AwaitedEffect["type"][] = ["call-action", "run-script"];

const awaits = (run: Run, id: string, types: readonly AwaitedEffect["type"][], also: (awaited: Awaited) => boolean = () => true): boolean => {
  const awaited = valueOf(run.awaited, id);
  return awaited !== null && types.includes(awaited.effect.type) && also(awaited);
};

const accepting: Accepting = {
  "run-started": () => false,
  "effect-sent": (_plan, run, { effect }) => awaits(run, effect, attempts, ({ sent }) => !sent),
  "effect-succeeded": (_plan, run, { effect }) => awaits(run, effect, attempts),
  "effect-failed": (_plan, run, { effect }) => awaits(run, effect, [...attempts, "start-run", "open-ask", "await-signal"]),
  "timer-fired": (_plan, run, { effect }) => awaits(run, effect, ["start-timer"]),
  "ask-answered": (plan, run, { effect, answer, values }) => answerProblem(plan, run, effect, answer, values) === null,
  "signal-received": (_plan, run, { signal }) => takesSignal(run, signal),
  "child-started": (_plan, run, { effect }) => awaits(run, effect, ["start-run"], ({ child }) => child === null),
  "child-ended": (_plan, run, { effect }) => awaits(run, effect, ["start-run"]),
  "case-changed": (_plan, run, input) => !sameJson(run.case, input.case),
  "cancel-requested": () => true,
  "pause-requested": (_plan, run) => run.status === "running",
  "resume-requested": (_plan, run) => run.status === "paused",
  "doubt-raised": (_plan, run, { effect }) => awaits(run, effect, [...attempts, "start-run"], ({ doubt }) => !doubt),
  "doubt-decided": (_plan, run, { effect }) => awaits(run, effect, [...attempts, "start-run"], ({ doubt }) => doubt),
  "rerun-requested": (plan, run, { step, instead }) => {
    const index = plan.indexes.get(step);
    return index !== undefined && (run.endedAt !== null || cellAt(run, index).state.status === "failed") && insteadProblem(plan, run, instead ?? {}) === null;
  },
};

/** Whether the input changes anything: what is late, sent twice or malformed does not. */
export function accepts(plan: Plan, run: Run, input: RunInput): boolean {
  if (run.endedAt !== null && input.type !== "rerun-requested") return false;
  return (accepting[input.type] as (plan: Plan, run: Run, input: RunInput) => boolean)(plan, run, input);
}
