import { type Json, resolve, type Scope, type StepOf } from "@drawbridge/playbook";
import type { Attempting } from "./behaviour.ts";
import { attemptPolicy } from "./policy.ts";
import { resolvedValues } from "./resolved-values.ts";

/** Starts a run of another playbook, on the same case unless told otherwise. */
export const call: Attempting<StepOf<"call">> = {
  policy: attemptPolicy,
  input: (step, { scope }) => ({ input: resolvedValues(step.with, scope), case: caseOf(step.case, scope) }),
  request: (step, started) => ({
    type: "start-run",
    id: started.effect,
    step: started.step,
    ...(started.item === undefined ? {} : { item: started.item }),
    playbook: step.playbook,
    input: started.input,
    case: started.case ?? null,
    detached: step.detached === true,
  }),
};

function caseOf(wanted: Json | undefined, scope: Scope): string | null {
  const value = wanted === undefined ? scope.read(["case", "id"]) : resolve(wanted, scope);
  if (typeof value === "string") return value === "" ? null : value;
  const id = value !== null && typeof value === "object" && "id" in value ? value.id : null;
  return typeof id === "string" ? id : null;
}
