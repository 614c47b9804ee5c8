import { type Json, readPath, type Scope } from "@drawbridge/playbook";
import { isoOf } from "./iso.ts";
import { itemAt } from "./persistent/vector.ts";
import type { Plan } from "./plan.ts";
import type { Run } from "./run-state.ts";

/** What an expression reads besides the run: the item of a for-each, the output of a poll. */
export interface Local {
  readonly item?: Json;
  readonly index?: number;
  readonly output?: Json;
}

interface Source {
  readonly plan: Plan;
  readonly run: Run;
  readonly time: number;
  readonly local: Local;
}

const roots: { readonly [root: string]: (source: Source, rest: readonly string[]) => Json } = {
  input: ({ run }, rest) => readPath(run.input, rest),
  steps: readSteps,
  vars: ({ run }, rest) => readPath(run.vars, rest),
  case: ({ run }, rest) => readPath(run.case, rest),
  item: ({ local }, rest) => readPath(local.item ?? null, rest),
  index: ({ local }, rest) => readPath(local.index ?? null, rest),
  output: ({ local }, rest) => readPath(local.output ?? null, rest),
  now: ({ time }, rest) => readPath(isoOf(time), rest),
  run: ({ run }, rest) => readPath({ id: run.id, playbook: run.playbook, startedAt: isoOf(run.startedAt), trigger: run.trigger as unknown as Json }, rest),
};

/** What an expression can read at this moment of the run; nothing is gathered before it is read. */
export function eventScope(plan: Plan, run: Run, time: number, local: Local = {}): Scope {
  const source = { plan, run, time, local };
  const everything = (): Json => Object.fromEntries(Object.entries(roots).map(([root, read]) => [root, read(source, [])]));
  return {
    read: ([root, ...rest]) => {
      if (root === undefined) return everything();
      return Object.hasOwn(roots, root) ? (roots[root]?.(source, rest) ?? null) : null;
    },
  };
}

function readSteps(source: Source, [id, ...rest]: readonly string[]): Json {
  if (id === undefined) return Object.fromEntries(source.plan.steps.map((step) => [step.id, readSteps(source, [step.id])]));
  const index = source.plan.indexes.get(id);
  const state = index === undefined ? null : itemAt(source.run.cells, index)?.state;
  if (index === undefined) return null;
  return readPath({ output: state?.output ?? null, error: (state?.error ?? null) as Json }, rest);
}
