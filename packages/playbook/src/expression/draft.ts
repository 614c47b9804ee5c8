import type { Json } from "../json.ts";

/** An explanation while it is being written; it becomes the explanation itself. */
export interface Draft {
  operator?: string;
  path?: string;
  value?: Json;
  operands?: Draft[];
  evaluated?: boolean;
  decided?: boolean;
  shortened?: boolean;
}

/** Adds an operand's draft. */
export function child(draft: Draft, made: Draft = {}): Draft {
  if (draft.operands) draft.operands.push(made);
  else draft.operands = [made];
  return made;
}

/** What can be said of logic that was not evaluated. */
export function describe(logic: Json, depth = 0): Draft {
  const draft: Draft = { evaluated: false };
  if (typeof logic !== "object" || logic === null || Array.isArray(logic)) return draft;
  const entries = Object.entries(logic as { readonly [key: string]: Json });
  const [first] = entries;
  if (!first || entries.length !== 1) return draft;
  const [name, given] = first;
  draft.operator = name;
  const operands = Array.isArray(given) ? (given as readonly Json[]) : [given];
  if (name === "var" && typeof operands[0] === "string") draft.path = operands[0];
  else if (depth < 20 && operands.length > 0) draft.operands = operands.map((operand) => describe(operand, depth + 1));
  return draft;
}
