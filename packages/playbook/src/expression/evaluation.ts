import type { Json } from "../json.ts";
import { pointerOf } from "../pointer.ts";
import { type ControlOperator, controlOperators } from "./control/registry.ts";
import { describe, type Draft } from "./draft.ts";
import { ExpressionError, type ExpressionErrorCode } from "./expression-error.ts";
import type { Meter } from "./operators/operator.ts";
import { operators } from "./operators/registry.ts";
import type { Scope } from "./scope.ts";

const largestCost = 2_500_000;
const deepest = 100;

/** One evaluation: its scope, what it may still cost, and where it stands. */
export class Evaluation implements Meter {
  readonly scope: Scope;
  private left = largestCost;
  private depth = 0;
  private readonly trail: (string | number)[] = [];

  constructor(scope: Scope) {
    this.scope = scope;
  }

  charge(units: number): void {
    this.left -= units;
    if (this.left < 0) this.fail("too-large", "The expression takes more work, or makes more data, than is allowed.");
  }

  measure(value: Json): void {
    const open: Json[] = [value];
    for (let each = open.pop(); each !== undefined; each = open.pop()) {
      this.charge(typeof each === "string" ? 1 + each.length / 16 : 1);
      if (typeof each !== "object" || each === null) continue;
      for (const part of Array.isArray(each) ? (each as readonly Json[]) : Object.values(each)) open.push(part);
    }
  }

  fail(code: ExpressionErrorCode, message: string): never {
    throw new ExpressionError(code, message, pointerOf(this.trail));
  }

  /** The value of `logic`, whose paths are read in `frame`; fills `draft` when one is given. */
  evaluate(logic: Json, frame: Scope, draft: Draft | null): Json {
    this.charge(1);
    if (typeof logic !== "object" || logic === null) return finish(logic, draft);
    if (++this.depth > deepest) this.fail("too-deep", `The expression is nested more than ${deepest} levels deep.`);
    const value = Array.isArray(logic) ? this.list(logic as readonly Json[], frame, draft) : this.object(logic as { readonly [key: string]: Json }, frame, draft);
    this.depth -= 1;
    return finish(value, draft);
  }

  /** Evaluates one operand; `at` is its position. */
  operand(operation: Operation, at: number, frame: Scope, draft: Draft | null): Json {
    const logic = operation.operands[at];
    if (logic === undefined) return null;
    if (operation.listed) this.trail.push(at);
    const value = this.evaluate(logic, frame, draft);
    if (operation.listed) this.trail.pop();
    return value;
  }

  private list(logic: readonly Json[], frame: Scope, draft: Draft | null): Json {
    const operation: Operation = { name: "", operands: logic, listed: true };
    return logic.map((_each, at) => this.operand(operation, at, frame, draft ? child(draft) : null));
  }

  private object(logic: { readonly [key: string]: Json }, frame: Scope, draft: Draft | null): Json {
    const keys = Object.keys(logic);
    const name = keys[0];
    if (name === undefined || keys.length !== 1) return logic;
    const given = logic[name] as Json;
    const listed = Array.isArray(given);
    const operation: Operation = { name, operands: listed ? (given as readonly Json[]) : [given], listed };
    this.trail.push(name);
    if (draft) draft.operator = name;
    const control = controlOperators.get(name);
    const value = control ? this.control(control, operation, frame, draft) : this.apply(operation, frame, draft);
    this.trail.pop();
    return value;
  }

  private control(control: ControlOperator, operation: Operation, frame: Scope, draft: Draft | null): Json {
    const value = control.run(this, operation, frame, draft);
    if (draft) for (let at = draft.operands?.length ?? 0; control.describesRest && at < operation.operands.length; at += 1) child(draft, describe(operation.operands[at] ?? null));
    return value;
  }

  private apply(operation: Operation, frame: Scope, draft: Draft | null): Json {
    const operator = operators.get(operation.name);
    if (!operator) return this.fail("unknown-operator", `There is no operator "${operation.name}".`);
    const values: Json[] = [];
    for (let at = 0; at < operation.operands.length; at += 1) values.push(this.operand(operation, at, frame, draft ? child(draft) : null));
    const value = operator.apply(values, this);
    if (typeof value === "string") this.charge(value.length / 32);
    else if (Array.isArray(value)) this.charge(value.length / 8);
    return value;
  }
}

/** One operator with its operands as written; `listed` when they stand in a list. */
export interface Operation {
  readonly name: string;
  readonly operands: readonly Json[];
  readonly listed: boolean;
}

/** Adds an operand's draft. */
export function child(draft: Draft, made: Draft = {}): Draft {
  (draft.operands ??= []).push(made);
  return made;
}

/** Numbers stay finite: NaN, the infinities and negative zero do not exist in JSON. */
function finish(value: Json, draft: Draft | null): Json {
  const finite = typeof value === "number" ? (Number.isFinite(value) ? value + 0 : null) : value;
  if (draft) draft.value = finite;
  return finite;
}
