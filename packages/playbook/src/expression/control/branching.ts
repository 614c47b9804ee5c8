import type { Json } from "../../json.ts";
import { child, describe, type Draft } from "../draft.ts";
import { isTruthy } from "../operators/coerce.ts";
import { takes, takesMany } from "../operators/operator.ts";
import type { ControlOperator } from "./control-operator.ts";

/** Conditions and values alternate; the last, when it stands alone, is "otherwise". */
export const ifOperator: ControlOperator = {
  docs: {
    group: "logic",
    summary: "The value after the first condition that holds, else the last operand.",
    parameters: [takes("condition", "logic"), takes("then"), takesMany("otherwise")],
    example: { logic: { if: [false, "a", "b"] }, value: "b" },
  },
  describesRest: true,
  run(evaluation, operation, frame, draft) {
    const { operands } = operation;
    let at = 0;
    for (; at < operands.length - 1; at += 2) {
      const condition = draft ? child(draft) : null;
      if (isTruthy(evaluation.operand(operation, at, frame, condition))) {
        if (condition) condition.decided = true;
        return evaluation.operand(operation, at + 1, frame, draft ? child(draft) : null);
      }
      if (draft) child(draft, describe(operands[at + 1] ?? null));
    }
    return at < operands.length ? evaluation.operand(operation, at, frame, draft ? child(draft) : null) : null;
  },
};

const until =
  (stops: (value: Json) => boolean): ControlOperator["run"] =>
  (evaluation, operation, frame, draft) => {
    let value: Json = null;
    let last: Draft | null = null;
    for (let at = 0; at < operation.operands.length; at += 1) {
      last = draft ? child(draft) : null;
      value = evaluation.operand(operation, at, frame, last);
      if (stops(value)) break;
    }
    if (last) last.decided = true;
    return value;
  };

/** The first operand that does not hold, else the last. */
export const andOperator: ControlOperator = {
  docs: {
    group: "logic",
    summary: "The first operand that counts as false, else the last: whether all hold.",
    parameters: [takesMany("condition", "logic")],
    example: { logic: { and: [true, 1] }, value: 1 },
  },
  describesRest: true,
  run: until((value) => !isTruthy(value)),
};

/** The first operand that holds, else the last. */
export const orOperator: ControlOperator = {
  docs: {
    group: "logic",
    summary: "The first operand that counts as true, else the last: whether any holds.",
    parameters: [takesMany("condition", "logic")],
    example: { logic: { or: [0, "a"] }, value: "a" },
  },
  describesRest: true,
  run: until(isTruthy),
};
