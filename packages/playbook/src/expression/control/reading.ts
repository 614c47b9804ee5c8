import type { Json } from "../../json.ts";
import { child } from "../draft.ts";
import { asList, asNumber } from "../operators/coerce.ts";
import { mayTake, takes, takesMany } from "../operators/operator.ts";
import { parsePath } from "../path.ts";
import type { Scope } from "../scope.ts";
import type { ControlOperator } from "./control-operator.ts";

const read = (frame: Scope, path: Json): Json => (path === null || path === "" ? frame.read([]) : typeof path === "object" ? null : frame.read(parsePath(String(path))));

const reads =
  (inElement: boolean): ControlOperator["run"] =>
  (evaluation, operation, frame, draft) => {
    const path = evaluation.operand(operation, 0, frame, null);
    if (draft) draft.path = String(path ?? "");
    const value = read(inElement ? frame : evaluation.scope, path);
    return value === null && operation.operands.length > 1 ? evaluation.operand(operation, 1, frame, draft ? child(draft) : null) : value;
  };

/** Reads a path; inside a list operator's body, in the element. */
export const varOperator: ControlOperator = {
  docs: {
    group: "logic",
    summary: "What a path names, else a default. In the body of map, filter and the like, the path starts at the item.",
    parameters: [takes("path", "path"), mayTake("default")],
    example: { logic: { var: "input.user" }, data: { input: { user: "john" } }, value: "john" },
  },
  describesRest: false,
  run: reads(true),
};

/** Reads a path of the whole scope, also inside a list operator's body. */
export const rootOperator: ControlOperator = {
  docs: {
    group: "logic",
    summary: "Like var, but the path starts at the top also in the body of map, filter and the like.",
    parameters: [takes("path", "path"), mayTake("default")],
    example: {
      logic: { filter: [{ var: "input.files" }, { "==": [{ var: "owner" }, { root: "input.user" }] }] },
      data: { input: { user: "john", files: [{ owner: "john" }, { owner: "ann" }] } },
      value: [{ owner: "john" }],
    },
  },
  describesRest: false,
  run: reads(false),
};

/** Gives its operand as it is written. */
export const literalOperator: ControlOperator = {
  docs: {
    group: "logic",
    summary: "The value as it is written, even when it looks like logic.",
    parameters: [takes("value")],
    example: { logic: { literal: { var: "x" } }, value: { var: "x" } },
  },
  describesRest: false,
  run: (_evaluation, operation) => (operation.listed ? (operation.operands.length === 1 ? (operation.operands[0] ?? null) : operation.operands) : (operation.operands[0] ?? null)),
};

/** The operand; nothing is written anywhere. */
export const logOperator: ControlOperator = {
  docs: { group: "logic", summary: "Its operand. Evaluation is pure, so nothing is written.", parameters: [takes("value")], example: { logic: { log: "apple" }, value: "apple" } },
  describesRest: false,
  run: (evaluation, operation, frame, draft) => evaluation.operand(operation, 0, frame, draft ? child(draft) : null),
};

const isMissing = (frame: Scope, path: Json): boolean => {
  const value = read(frame, path);
  return value === null || value === "";
};

/** Which of the paths name nothing. */
export const missingOperator: ControlOperator = {
  docs: {
    group: "logic",
    summary: "The paths that name nothing.",
    parameters: [takesMany("path", "path")],
    example: { logic: { missing: ["a", "b"] }, data: { a: 1 }, value: ["b"] },
  },
  describesRest: false,
  run(evaluation, operation, frame, draft) {
    const values = operation.operands.map((_each, at) => evaluation.operand(operation, at, frame, draft ? child(draft) : null));
    const paths = Array.isArray(values[0]) ? (values[0] as readonly Json[]) : values;
    evaluation.charge(paths.length);
    return paths.filter((path) => isMissing(frame, path));
  },
};

/** Which paths name nothing, unless enough of them name something. */
export const missingSomeOperator: ControlOperator = {
  docs: {
    group: "logic",
    summary: "The paths that name nothing, or none of them when at least so many name something.",
    parameters: [takes("at least", "number"), takes("paths", "list")],
    example: { logic: { missing_some: [1, ["a", "b"]] }, data: { a: 1 }, value: [] },
  },
  describesRest: false,
  run(evaluation, operation, frame, draft) {
    const [needed, given] = [0, 1].map((at) => evaluation.operand(operation, at, frame, draft ? child(draft) : null));
    const paths = asList(given);
    evaluation.charge(paths.length);
    const missing = paths.filter((path) => isMissing(frame, path));
    return paths.length - missing.length >= (asNumber(needed) ?? 0) ? [] : missing;
  },
};
