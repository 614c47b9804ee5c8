import { type Engine, EngineError } from "@drawbridge/engine";
import { ExpressionError, type Json, resolve, scopeOf } from "@drawbridge/playbook";
import { asProblem } from "../as-problem.ts";
import { instant } from "../instant.ts";
import { ProblemError } from "../problem-error.ts";
import type { Store } from "../store/store.ts";
import type { TriggerRow } from "./trigger-row.ts";

type Named = { readonly [key: string]: Json };

interface Firing {
  /** What the inputs' expressions read. */
  readonly scope: Named;
  /** The input when the trigger maps none. */
  readonly whole: Json;
  readonly key?: string;
  readonly by?: string;
}

interface Parts {
  readonly store: Store;
  readonly engine: Engine;
  readonly now: () => number;
}

/** Starts the run of a trigger and keeps what came of it; throws a `ProblemError`. */
export async function fireTrigger({ store, engine, now }: Parts, trigger: TriggerRow, { scope, whole, key, by }: Firing): Promise<string> {
  try {
    const { run } = await engine.start({
      playbook: trigger.playbook_id,
      input: inputOf(trigger, scope, whole),
      trigger: { kind: trigger.kind, source: trigger.id, ...(by === undefined ? {} : { by }) },
      ...(key === undefined ? {} : { idempotencyKey: key }),
    });
    await keep(store, trigger, { last_fired_at: instant(now()), last_run: run, last_error: null });
    return run;
  } catch (thrown) {
    const problem = problemOf(thrown);
    await keepProblem(store, trigger, problem, now());
    throw problem;
  }
}

/** Notes why a trigger did not start a run. */
export const keepProblem = (store: Store, trigger: TriggerRow, problem: ProblemError, now: number): Promise<void> =>
  keep(store, trigger, { last_error: JSON.stringify({ at: instant(now), code: problem.code, message: problem.message.slice(0, 500) }) });

async function keep(store: Store, { id }: TriggerRow, change: Partial<TriggerRow>): Promise<void> {
  await store.run(store.sql.updateTable("triggers").set(change).where("id", "=", id));
}

function inputOf(trigger: TriggerRow, scope: Named, whole: Json): Named {
  const input = trigger.inputs === null ? whole : resolve(JSON.parse(trigger.inputs) as Json, scopeOf(scope));
  if (typeof input !== "object" || input === null || Array.isArray(input))
    throw new ProblemError("invalid-input", "The body must be an object whose keys are the playbook's inputs.", { pointer: "" });
  return input as Named;
}

function problemOf(thrown: unknown): ProblemError {
  if (thrown instanceof ExpressionError) return new ProblemError("invalid-input", thrown.message, { pointer: `/inputs${thrown.pointer}`, cause: thrown });
  if (thrown instanceof EngineError && thrown.code === "invalid-input") {
    const pointer = (thrown.details as { pointer?: Json } | undefined)?.pointer;
    return new ProblemError("invalid-input", thrown.message, { pointer: typeof pointer === "string" ? pointer : "", cause: thrown });
  }
  return asProblem(thrown);
}
