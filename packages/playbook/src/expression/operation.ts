import type { Json } from "../json.ts";
import { type ControlOperator, controlOperators } from "./control/registry.ts";
import type { Operator } from "./operators/operator.ts";
import { operators } from "./operators/registry.ts";

/** One operator with its operands as written, made ready to evaluate; `listed` when they stand in a list. A list of logic has no name. */
export interface Operation {
  readonly name: string;
  readonly operands: readonly Json[];
  readonly listed: boolean;
  readonly control: ControlOperator | null;
  readonly operator: Operator | null;
  /** Whether it is a list of mere values, which is its own value. */
  readonly plain: boolean;
  /** What of the operands is logic itself, once it was needed: the same place in the list. */
  readonly parts: (Operation | null | undefined)[];
}

const made = new WeakMap<object, Operation | null>();

/** The operation that a whole expression is, made once for each; null for an object that is a value. */
export function operationOf(logic: object): Operation | null {
  const known = made.get(logic);
  if (known !== undefined) return known;
  const operation = readOperation(logic);
  made.set(logic, operation);
  return operation;
}

/** The operation that logic is, read anew; null for an object that is a value. */
export function readOperation(logic: object): Operation | null {
  if (Array.isArray(logic)) {
    const operands = logic as readonly Json[];
    return { name: "", operands, listed: true, control: null, operator: null, plain: operands.every(isPlain), parts: [] };
  }
  const keys = Object.keys(logic);
  const name = keys[0];
  if (name === undefined || keys.length !== 1) return null;
  const given = (logic as { readonly [key: string]: Json })[name] as Json;
  const listed = Array.isArray(given);
  const operands = listed ? (given as readonly Json[]) : [given];
  return { name, operands, listed, control: controlOperators.get(name) ?? null, operator: operators.get(name) ?? null, plain: false, parts: [] };
}

/** Whether evaluation gives the value back as it is. */
const isPlain = (value: Json): boolean => value === null || typeof value === "string" || typeof value === "boolean" || (Number.isFinite(value) && !Object.is(value, -0));
