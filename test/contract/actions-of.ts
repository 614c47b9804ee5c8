import type { ActionCaller } from "@drawbridge/engine";
import { callerOf } from "@drawbridge/engine/testing";

/** What `test.tell` says before it ends. */
const tell = ({ input }: Parameters<ActionCaller["call"]>[0], context: Parameters<ActionCaller["call"]>[1]) => {
  context.record({ lines: [`asked for ${String(input["text"])}`, "x".repeat(Number(input["length"] ?? 0))], recorded: context.recorded });
  if (input["fails"] === true) throw Object.assign(new Error("It did not work."), { name: "ActionError", code: "rejected" });
  return Promise.resolve({ output: null });
};

/** The actions of `callerOf`, `test.tell`, which tells of itself, and `test.rename`, which changes the case that its run works on. */
export function actionsOf(service: string): ActionCaller {
  const caller = callerOf(service);
  return {
    facts: (action) => (action === "test.rename" || action === "test.tell" ? { effect: "changes", repeatable: true } : caller.facts(action)),
    call: (effect, context) => {
      if (effect.action === "test.tell") return tell(effect, context);
      return effect.action === "test.rename"
        ? Promise.resolve({ output: { renamed: context.caseId }, case: { id: context.caseId, title: effect.input["title"] ?? null } })
        : caller.call(effect, context);
    },
  };
}
