import type { Plan, Run } from "@drawbridge/interpreter";
import { stepsOf } from "@drawbridge/interpreter";
import { evaluate, type Json, type Playbook, resolve, scopeOf, type Step, type StepOf } from "@drawbridge/playbook";
import { payloadsIn } from "../../run/payloads-in.ts";

/** What expressions read in a run, as it stands now. */
export interface RunValues {
  /** Which run, for people: "run of 14:02", "dry run". */
  readonly from: string;
  readonly data: { readonly [root: string]: Json };
}

/** The values of a run; `at` is its latest time in epoch ms. */
export function runValues(run: Run, plan: Plan, from: string, at: number): RunValues {
  const steps = [...stepsOf(run, plan)].flatMap(([id, { output, error }]) =>
    output === undefined && error === undefined ? [] : [[id, { output: output ?? null, error: (error as Json | undefined) ?? null }]],
  );
  const iso = (time: number) => new Date(time).toISOString();
  return {
    from,
    data: {
      input: run.input as Json,
      steps: Object.fromEntries(steps) as Json,
      vars: run.vars as Json,
      case: run.case,
      run: { id: run.id, playbook: run.playbook, startedAt: iso(run.startedAt), trigger: run.trigger as unknown as Json } as unknown as Json,
      now: iso(at),
    },
  };
}

type Loops = Partial<Pick<StepOf<"action">, "forEach" | "repeat">>;

/** How a step loops, if it does. */
export const loopsOf = (step: Step | undefined): Loops => {
  if (step?.kind !== "action" && step?.kind !== "call") return {};
  return { ...(step.forEach && { forEach: step.forEach }), ...(step.repeat && { repeat: step.repeat }) };
};

/** The same, as one step's expressions see it: with the first item of its list and what its last call returned. */
export function valuesAt(values: RunValues, id: string, { forEach, repeat }: Loops): RunValues {
  if (!forEach && !repeat) return values;
  const items = forEach ? attempt(() => resolve(forEach.items, scopeOf(values.data))) : null;
  const list = Array.isArray(items) ? (items as readonly Json[]) : [];
  const own = (values.data["steps"] as { readonly [id: string]: { readonly output: Json } } | undefined)?.[id]?.output ?? null;
  return {
    from: values.from,
    data: {
      ...values.data,
      ...(forEach && list.length > 0 && { item: list[0] ?? null, index: 0 }),
      ...(repeat && { output: forEach && Array.isArray(own) ? ((own as readonly Json[])[0] ?? null) : own }),
    },
  };
}

/** What an expression comes to, or why that cannot be told. */
export type Outcome = { readonly value: Json } | { readonly unknown: string };

/** What a value with templates and logic in it comes to. */
export const outcomeOf = (value: Json, values: RunValues): Outcome => outcome(() => resolve(value, scopeOf(values.data)));

/** What JsonLogic comes to. */
export const logicOutcome = (logic: Json, values: RunValues): Outcome => outcome(() => evaluate(logic, scopeOf(values.data)));

function outcome(work: () => Json): Outcome {
  const value = attempt(work);
  if (value === undefined) return { unknown: "cannot be evaluated" };
  return payloadsIn(value).length > 0 ? { unknown: "is kept apart because of its size" } : { value };
}

/** The steps among these paths that the run has not finished, by name. */
export function unreached(paths: readonly (readonly string[])[], values: RunValues, playbook: Playbook): readonly string[] {
  const done = (values.data["steps"] ?? {}) as { readonly [id: string]: Json };
  const ids = new Set(paths.flatMap(([root, id]) => (root === "steps" && id !== undefined && !Object.hasOwn(done, id) ? [id] : [])));
  return [...ids].map((id) => playbook.steps[id]?.name ?? id);
}

function attempt(work: () => Json): Json | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
