import type { StepState } from "@drawbridge/interpreter";
import { type ActionFacts, graphOf, type Playbook } from "@drawbridge/playbook";

/** A step that changes something in another system and that a re-run would do once more. */
export interface Again {
  readonly id: string;
  readonly name: string;
  readonly repeatable: boolean;
  /** Whether there is an output of before that can stand in for it. */
  readonly recorded: boolean;
}

/** What a re-run from `from` would do a second time: changing actions, and calls of playbooks that may change something, at or after it that were begun before. */
export function happensAgain(
  playbook: Playbook,
  from: string,
  actions: ReadonlyMap<string, Pick<ActionFacts, "effect" | "repeatable">>,
  stateOf: (id: string) => Pick<StepState, "status" | "attempts" | "startedAt">,
): readonly Again[] {
  const after = graphOf(playbook).descendants(from);
  return Object.entries(playbook.steps).flatMap(([id, step]) => {
    if ((id !== from && !after.has(id)) || (step.kind !== "action" && step.kind !== "call")) return [];
    const { status, attempts, startedAt } = stateOf(id);
    if (attempts === 0 && startedAt === undefined) return [];
    const action = step.kind === "action" ? actions.get(step.action) : undefined;
    return action?.effect === "reads" ? [] : [{ id, name: step.name, repeatable: action?.repeatable ?? false, recorded: status === "succeeded" }];
  });
}
