import type { ActionCaller } from "@drawbridge/engine";
import { callerOf } from "@drawbridge/engine/testing";

/** The actions of `callerOf`, and `test.rename`, which changes the case that its run works on. */
export function actionsOf(service: string): ActionCaller {
  const caller = callerOf(service);
  return {
    facts: (action) => (action === "test.rename" ? { effect: "changes", repeatable: true } : caller.facts(action)),
    call: (effect, context) =>
      effect.action === "test.rename"
        ? Promise.resolve({ output: { renamed: context.caseId }, case: { id: context.caseId, title: effect.input["title"] ?? null } })
        : caller.call(effect, context),
  };
}
