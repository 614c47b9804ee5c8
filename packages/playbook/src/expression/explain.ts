import type { Json } from "../json.ts";
import type { Draft } from "./draft.ts";
import { Evaluation } from "./evaluation.ts";
import type { Scope } from "./scope.ts";

/** A sub-expression with its value, and its operands likewise; plain JSON, small enough to keep in a trace. */
export interface Explained {
  readonly operator?: string;
  readonly path?: string;
  readonly value: Json;
  readonly operands?: readonly Explained[];
  /** False: never evaluated, because what came before decided. */
  readonly evaluated?: boolean;
  /** True on the operand that decided an `and`, an `or` or an `if`. */
  readonly decided?: boolean;
  /** The value or the operands are shown in part. */
  readonly shortened?: boolean;
}

const limits = { nodes: 400, text: 300, items: 10, depth: 3 };

/** The value as it is when it is small enough, else the part of it that is shown. */
function shown(value: Json, depth: number): Json {
  if (typeof value === "string") return value.length > limits.text ? `${value.slice(0, limits.text)}…` : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    if (depth >= limits.depth) return items.length > 0 ? [] : value;
    const parts = items.slice(0, limits.items).map((item) => shown(item, depth + 1));
    return parts.length === items.length && parts.every((part, at) => part === items[at]) ? value : parts;
  }
  const entries = Object.entries(value as { readonly [key: string]: Json });
  if (depth >= limits.depth) return entries.length > 0 ? {} : value;
  const parts = entries.slice(0, limits.items).map(([key, part]): [string, Json] => [key, shown(part, depth + 1)]);
  return parts.length === entries.length && parts.every(([, part], at) => part === entries[at]?.[1]) ? value : Object.fromEntries(parts);
}

/** Makes the draft small enough to keep: it is the explanation then. */
function finish(draft: Draft, budget: { left: number }): void {
  budget.left -= 1;
  const whole = draft.value ?? null;
  const value = shown(whole, 0);
  if (value !== whole) draft.shortened = true;
  draft.value = value;
  if (!draft.operands) return;
  let kept = 0;
  for (const each of draft.operands) {
    if (budget.left <= 0) break;
    finish(each, budget);
    kept += 1;
  }
  if (kept === draft.operands.length) return;
  draft.shortened = true;
  if (kept === 0) delete draft.operands;
  else draft.operands.length = kept;
}

/** Evaluates like `evaluate` and shows each sub-expression's value: what "why" shows. The root's `value` may be shortened; `evaluateExplained` gives it whole. */
export function explain(logic: Json, scope: Scope): Explained {
  return evaluateExplained(logic, scope).explained;
}

/** The whole value and its explanation, in one evaluation. */
export function evaluateExplained(logic: Json, scope: Scope): { readonly value: Json; readonly explained: Explained } {
  const draft: Draft = {};
  const value = new Evaluation(scope).evaluate(logic, scope, draft);
  finish(draft, { left: limits.nodes });
  return { value, explained: draft as Explained };
}
