import type { Json } from "../../json.ts";
import type { Draft } from "../draft.ts";
import type { Evaluation } from "../evaluation.ts";
import type { Operation } from "../operation.ts";
import type { OperatorDoc } from "../operators/operator.ts";
import type { Scope } from "../scope.ts";

/** An operator that decides itself which operands it evaluates, and over what. */
export interface ControlOperator {
  readonly docs: Omit<OperatorDoc, "name">;
  /** Operands left over were not evaluated, and the explanation says so. */
  readonly describesRest: boolean;
  run(evaluation: Evaluation, operation: Operation, frame: Scope, draft: Draft | null): Json;
}
