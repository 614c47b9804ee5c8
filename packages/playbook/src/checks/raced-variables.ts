import type { Graph } from "../graph.ts";
import { pointerOf } from "../pointer.ts";
import type { Check } from "./check.ts";

/** Whether two steps of which neither comes first can both run: one way leads to both by different steps. */
function canBothRun(graph: Graph, a: string, b: string): boolean {
  const leads = (step: string, to: string): boolean => step === to || graph.precedes(step, to);
  const forks = (next: readonly string[]): boolean => next.some((one) => leads(one, a) && next.some((other) => other !== one && leads(other, b)));
  if (forks(graph.starts)) return true;
  for (const [step, ways] of graph.ways) {
    if (graph.precedes(step, a) && graph.precedes(step, b) && ways.some((way) => forks(way.next))) return true;
  }
  return false;
}

/** Variables that parallel branches set: which value stays depends on chance. */
export const racedVariables: Check = function* ({ playbook, graph }) {
  const setters = new Map<string, string[]>();
  for (const [id, step] of Object.entries(playbook.steps)) {
    if (step.kind === "set" && graph.reachable.has(id)) for (const name of Object.keys(step.values)) setters.set(name, [...(setters.get(name) ?? []), id]);
  }
  for (const [name, ids] of setters) {
    for (const [at, id] of ids.entries()) {
      const other = ids.slice(0, at).find((earlier) => !graph.precedes(earlier, id) && !graph.precedes(id, earlier) && canBothRun(graph, earlier, id));
      if (other !== undefined)
        yield {
          code: "raced-variable",
          severity: "warning",
          message: `"${other}" sets the variable "${name}" too, at the same time. Which value stays is chance.`,
          step: id,
          pointer: pointerOf(["steps", id, "values", name]),
        };
    }
  }
};
