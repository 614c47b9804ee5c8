import { type ActionFacts, graphOf, type Playbook } from "@drawbridge/playbook";

/** A step that changes something in another system and that a re-run would do once more. */
interface Again {
  readonly id: string;
  readonly name: string;
  readonly repeatable: boolean;
}

/** What a re-run from `from` would do a second time: changing actions at or after it that were attempted before. */
export function happensAgain(playbook: Playbook, from: string, actions: ReadonlyMap<string, ActionFacts>, attempts: (id: string) => number): readonly Again[] {
  const after = graphOf(playbook).descendants(from);
  return Object.entries(playbook.steps).flatMap(([id, step]) => {
    if ((id !== from && !after.has(id)) || step.kind !== "action" || attempts(id) === 0) return [];
    const action = actions.get(step.action);
    return action?.effect === "reads" ? [] : [{ id, name: step.name, repeatable: action?.repeatable ?? false }];
  });
}
