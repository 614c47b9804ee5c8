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

/** Each reads the path from its second segment on. */
const roots: { readonly [root: string]: (source: Source, path: readonly string[]) => Json } = {
  input: ({ run }, path) => readPath(run.input, path, 1),
  steps: readSteps,
  vars: ({ run }, path) => readPath(run.vars, path, 1),
  case: ({ run }, path) => readPath(run.case, path, 1),
  item: ({ local }, path) => readPath(local.item ?? null, path, 1),
  index: ({ local }, path) => readPath(local.index ?? null, path, 1),
  output: ({ local }, path) => readPath(local.output ?? null, path, 1),
  now: ({ time }, path) => readPath(isoOf(time), path, 1),
  run: ({ run }, path) => readPath({ id: run.id, playbook: run.playbook, startedAt: isoOf(run.startedAt), trigger: run.trigger as unknown as Json }, path, 1),
};

/** What an expression can read at this moment of the run; nothing is gathered before it is read. */
export function eventScope(plan: Plan, run: Run, time: number, local: Local = {}): Scope {
  return new EventScope({ plan, run, time, local });
}

class EventScope implements Scope {
  private readonly source: Source;

  constructor(source: Source) {
    this.source = source;
  }

  read(path: readonly string[]): Json {
    const root = path[0];
    if (root === undefined) return Object.fromEntries(Object.entries(roots).map(([each, read]) => [each, read(this.source, [each])]));
    return Object.hasOwn(roots, root) ? (roots[root]?.(this.source, path) ?? null) : null;
  }
}

function readSteps(source: Source, path: readonly string[]): Json {
  const id = path[1];
  if (id === undefined) return Object.fromEntries(source.plan.steps.map((step) => [step.id, readSteps(source, ["steps", step.id])]));
  const index = source.plan.indexes.get(id);
  const state = index === undefined ? null : itemAt(source.run.cells, index)?.state;
  if (index === undefined) return null;
  return readPath({ output: state?.output ?? null, error: (state?.error ?? null) as Json }, path, 2);
}
