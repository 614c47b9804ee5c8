import { ActionError, type ActionContext } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { CaseDesk, DeskCall } from "./case-desk.ts";

/** Which case an action works on. */
export const caseInput = z.string().min(1).max(100).nullish().meta({ title: "Case", description: "A case's id; without one, the case that the run works on." });

/** The named case, else the run's. */
export function caseIdOf(input: { readonly case?: string | null | undefined }, context: ActionContext<CaseDesk>): string {
  const id = input.case ?? context.caseId;
  if (id === null) throw new ActionError("invalid-input", "The run works on no case: open one first, or say which.");
  return id;
}

export function deskCall({ actor, idempotencyKey, run, signal }: ActionContext<CaseDesk>): DeskCall {
  return { actor, idempotencyKey, run, signal };
}
