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

function shorten(value: Json, depth: number, cut: () => void): Json {
  if (typeof value === "string" && value.length > limits.text) {
    cut();
    return `${value.slice(0, limits.text)}…`;
  }
  if (typeof value !== "object" || value === null) return value;
  const parts = Array.isArray(value) ? value.length : Object.keys(value).length;
  if (parts > limits.items || (parts > 0 && depth >= limits.depth)) cut();
  if (depth >= limits.depth) return Array.isArray(value) ? [] : {};
  if (Array.isArray(value)) return (value as readonly Json[]).slice(0, limits.items).map((item) => shorten(item, depth + 1, cut));
  return Object.fromEntries(
    Object.entries(value as { readonly [key: string]: Json })
      .slice(0, limits.items)
      .map(([key, part]) => [key, shorten(part, depth + 1, cut)]),
  );
}

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** Field by field: one of these is made for every part of every condition. */
function write(draft: Draft, budget: { left: number }): Explained {
  budget.left -= 1;
  let shortened = false;
  const value = shorten(draft.value ?? null, 0, () => {
    shortened = true;
  });
  const operands: Explained[] = [];
  for (const each of draft.operands ?? []) {
    if (budget.left > 0) operands.push(write(each, budget));
    else shortened = true;
  }
  const explained: Writable<Explained> = {} as Writable<Explained>;
  if (draft.operator !== undefined) explained.operator = draft.operator;
  if (draft.path !== undefined) explained.path = draft.path;
  explained.value = value;
  if (operands.length > 0) explained.operands = operands;
  if (draft.evaluated === false) explained.evaluated = false;
  if (draft.decided) explained.decided = true;
  if (shortened) explained.shortened = true;
  return explained;
}

/** Evaluates like `evaluate` and shows each sub-expression's value: what "why" shows. The root's `value` may be shortened; `evaluateExplained` gives it whole. */
export function explain(logic: Json, scope: Scope): Explained {
  return evaluateExplained(logic, scope).explained;
}

/** The whole value and its explanation, in one evaluation. */
export function evaluateExplained(logic: Json, scope: Scope): { readonly value: Json; readonly explained: Explained } {
  const draft: Draft = {};
  const value = new Evaluation(scope).evaluate(logic, scope, draft);
  return { value, explained: write(draft, { left: limits.nodes }) };
}
