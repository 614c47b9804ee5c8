import type { Step } from "../steps/registry.ts";

const fields: { readonly [way: string]: readonly string[] } = { next: ["next"], otherwise: ["otherwise", "next"], error: ["onError", "next"], limit: ["onTimeLimit", "next"] };

/** Where in a step the list of a way's next steps stands. */
export function wayPointer(step: Step, way: string): (string | number)[] {
  const field = fields[way];
  if (field) return [...field];
  const at = "branches" in step ? step.branches.findIndex((branch) => `branch:${branch.label}` === way) : -1;
  return ["branches", at, "next"];
}
