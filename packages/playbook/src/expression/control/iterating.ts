import type { Json } from "../../json.ts";
import { child, type Draft } from "../draft.ts";
import type { Evaluation } from "../evaluation.ts";
import type { Operation } from "../operation.ts";
import { isTruthy } from "../operators/coerce.ts";
import { mayTake, type OperatorDoc, takes } from "../operators/operator.ts";
import { scopeOf, type Scope } from "../scope.ts";
import type { ControlOperator } from "./control-operator.ts";

/** So many items are explained; the values of the others are in the list anyway. */
const explainedItems = 10;

interface Body {
  readonly items: readonly Json[] | null;
  /** The body's value for one item. */
  of(item: Json, at: number): Json;
}

function bodyOf(evaluation: Evaluation, operation: Operation, frame: Scope, draft: Draft | null): Body {
  const list = evaluation.operand(operation, 0, frame, draft ? child(draft) : null);
  return {
    items: Array.isArray(list) ? (list as readonly Json[]) : null,
    of: (item, at) => evaluation.operand(operation, 1, scopeOf(item), draft && at < explainedItems ? child(draft) : null),
  };
}

const docs = (summary: string, logic: Json, value: Json): Omit<OperatorDoc, "name"> => ({
  group: "list",
  summary,
  parameters: [takes("list", "list"), takes("body", "logic")],
  example: { logic, data: { numbers: [1, 2, 3] }, value },
});

const numbers = { var: "numbers" };
const item = { var: "" };

/** The body's value for each item. */
export const mapOperator: ControlOperator = {
  docs: docs("The body's value for each item.", { map: [numbers, { "*": [item, 2] }] }, [2, 4, 6]),
  describesRest: false,
  run(evaluation, operation, frame, draft) {
    const body = bodyOf(evaluation, operation, frame, draft);
    return (body.items ?? []).map((each, at) => body.of(each, at));
  },
};

/** The items for which the body holds. */
export const filterOperator: ControlOperator = {
  docs: docs("The items for which the body holds.", { filter: [numbers, { ">": [item, 1] }] }, [2, 3]),
  describesRest: false,
  run(evaluation, operation, frame, draft) {
    const body = bodyOf(evaluation, operation, frame, draft);
    return (body.items ?? []).filter((each, at) => isTruthy(body.of(each, at)));
  },
};

/** One value of all items. */
export const reduceOperator: ControlOperator = {
  docs: {
    group: "list",
    summary: "One value of all items: the body reads `current` and `accumulator`.",
    parameters: [takes("list", "list"), takes("body", "logic"), mayTake("initial")],
    example: { logic: { reduce: [numbers, { "+": [{ var: "accumulator" }, { var: "current" }] }, 0] }, data: { numbers: [1, 2, 3] }, value: 6 },
  },
  describesRest: false,
  run(evaluation, operation, frame, draft) {
    const body = bodyOf(evaluation, operation, frame, draft);
    const initial = operation.operands.length > 2 ? evaluation.operand(operation, 2, frame, null) : null;
    return (body.items ?? []).reduce((accumulator, current, at) => body.of({ accumulator, current }, at), initial);
  },
};

/** Whether the list has items and the body holds for each. */
export const allOperator: ControlOperator = {
  docs: docs("Whether there are items and the body holds for each.", { all: [numbers, { ">": [item, 0] }] }, true),
  describesRest: false,
  run(evaluation, operation, frame, draft) {
    const body = bodyOf(evaluation, operation, frame, draft);
    return body.items !== null && body.items.length > 0 && body.items.every((each, at) => isTruthy(body.of(each, at)));
  },
};

/** Whether the body holds for an item. */
export const someOperator: ControlOperator = {
  docs: docs("Whether the body holds for at least one item.", { some: [numbers, { ">": [item, 2] }] }, true),
  describesRest: false,
  run(evaluation, operation, frame, draft) {
    const body = bodyOf(evaluation, operation, frame, draft);
    return (body.items ?? []).some((each, at) => isTruthy(body.of(each, at)));
  },
};

/** Whether the body holds for no item. */
export const noneOperator: ControlOperator = {
  docs: docs("Whether the body holds for no item.", { none: [numbers, { ">": [item, 3] }] }, true),
  describesRest: false,
  run: (evaluation, operation, frame, draft) => !someOperator.run(evaluation, operation, frame, draft),
};
