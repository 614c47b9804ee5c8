import type { Json } from "../json.ts";
import { pointerOf } from "../pointer.ts";
import type { ControlOperator } from "./control/registry.ts";
import { child, describe, type Draft } from "./draft.ts";
import { ExpressionError, type ExpressionErrorCode } from "./expression-error.ts";
import { type Operation, operationOf, readOperation } from "./operation.ts";
import type { Meter } from "./operators/operator.ts";
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
    return typeof logic === "object" && logic !== null ? this.part(logic, operationOf(logic), frame, draft) : finish(logic, draft);
  }

  /** Evaluates one operand; `at` is its position. */
  operand(operation: Operation, at: number, frame: Scope, draft: Draft | null): Json {
    const logic = operation.operands[at];
    if (logic === undefined) return null;
    if (operation.listed) this.trail.push(at);
    this.charge(1);
    const value = typeof logic === "object" && logic !== null ? this.part(logic, partAt(operation, at, logic), frame, draft) : finish(logic, draft);
    if (operation.listed) this.trail.pop();
    return value;
  }

  private part(logic: Json, operation: Operation | null, frame: Scope, draft: Draft | null): Json {
    if (++this.depth > deepest) this.fail("too-deep", `The expression is nested more than ${deepest} levels deep.`);
    const value = operation === null ? logic : operation.name === "" && Array.isArray(logic) ? this.list(logic, operation, frame, draft) : this.named(operation, frame, draft);
    this.depth -= 1;
    return finish(value, draft);
  }

  private list(logic: Json, operation: Operation, frame: Scope, draft: Draft | null): Json {
    if (operation.plain) {
      this.charge(operation.operands.length);
      return logic;
    }
    const values: Json[] = [];
    for (let at = 0; at < operation.operands.length; at += 1) values.push(this.operand(operation, at, frame, draft ? child(draft) : null));
    return values;
  }

  private named(operation: Operation, frame: Scope, draft: Draft | null): Json {
    this.trail.push(operation.name);
    if (draft) draft.operator = operation.name;
    const { control } = operation;
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
    const { operator } = operation;
    if (!operator) return this.fail("unknown-operator", `There is no operator "${operation.name}".`);
    const values: Json[] = [];
    for (let at = 0; at < operation.operands.length; at += 1) values.push(this.operand(operation, at, frame, draft ? child(draft) : null));
    const value = operator.apply(values, this);
    if (typeof value === "string") this.charge(value.length / 32);
    else if (Array.isArray(value)) this.charge(value.length / 8);
    return value;
  }
}

/** Read only when it is evaluated, so that logic of any depth can be. */
function partAt(operation: Operation, at: number, logic: object): Operation | null {
  const known = operation.parts[at];
  if (known !== undefined) return known;
  while (operation.parts.length < at) operation.parts.push(undefined);
  const part = readOperation(logic);
  operation.parts[at] = part;
  return part;
}

/** Numbers stay finite: NaN, the infinities and negative zero do not exist in JSON. */
function finish(value: Json, draft: Draft | null): Json {
  const finite = typeof value === "number" ? (Number.isFinite(value) ? value + 0 : null) : value;
  if (draft) draft.value = finite;
  return finite;
}
