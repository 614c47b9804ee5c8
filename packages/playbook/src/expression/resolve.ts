import type { Json } from "../json.ts";
import { pointerOf } from "../pointer.ts";
import { evaluate } from "./evaluate.ts";
import { ExpressionError } from "./expression-error.ts";
import { isRefusedKey, type Scope } from "./scope.ts";
import { compileTemplate } from "./template.ts";

const deepest = 100;

/** The logic of `{ "$logic": … }`, undefined for any other value. */
export function embeddedLogic(value: Json): Json | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, "$logic")) return undefined;
  return Object.keys(value).length === 1 ? (value as { readonly [key: string]: Json })["$logic"] : undefined;
}

function inside<Value>(segment: string | number, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw error instanceof ExpressionError ? error.below(pointerOf([segment])) : error;
  }
}

function resolveAt(value: Json, scope: Scope, depth: number): Json {
  if (typeof value === "string") return value.includes("{{") ? evaluate(compileTemplate(value), scope) : value;
  if (typeof value !== "object" || value === null) return value;
  if (depth > deepest) throw new ExpressionError("too-deep", `The value is nested more than ${deepest} levels deep.`);
  const logic = embeddedLogic(value);
  if (logic !== undefined) return inside("$logic", () => evaluate(logic, scope));
  if (Array.isArray(value)) return (value as readonly Json[]).map((item, at) => inside(at, () => resolveAt(item, scope, depth + 1)));
  return Object.fromEntries(
    Object.entries(value as { readonly [key: string]: Json })
      .filter(([key]) => !isRefusedKey(key))
      .map(([key, part]) => [key, inside(key, () => resolveAt(part, scope, depth + 1))]),
  );
}

/** A value with its templates and its `{ "$logic": … }` evaluated, as deep as it is; everything else stays as written. Throws nothing but `ExpressionError`. */
export function resolve(value: Json, scope: Scope): Json {
  return resolveAt(value, scope, 0);
}
