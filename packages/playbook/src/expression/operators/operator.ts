import type { Json } from "../../json.ts";

/** Counts what an evaluation costs; throws `too-large` over the limit. */
export interface Meter {
  charge(units: number): void;
  /** Charges for the whole of a value, as deep as it is. */
  measure(value: Json): void;
  fail(code: "bad-regex", message: string): never;
}

export type OperatorGroup = "logic" | "text" | "list" | "number" | "date" | "pattern" | "network" | "value";

export interface OperatorParameter {
  readonly name: string;
  readonly type: "any" | "text" | "number" | "boolean" | "list" | "object" | "date" | "duration" | "path" | "pattern" | "logic";
  readonly optional?: boolean;
  /** The parameter may be given any number of times. */
  readonly many?: boolean;
}

/** What an editor shows of an operator; `example.logic` over `example.data` gives `example.value`. */
export interface OperatorDoc {
  readonly name: string;
  readonly group: OperatorGroup;
  readonly summary: string;
  readonly parameters: readonly OperatorParameter[];
  readonly example: { readonly logic: Json; readonly data?: Json; readonly value: Json };
}

/** An operator whose operands are evaluated first. The first operand is what a template pipes in. */
export interface Operator extends OperatorDoc {
  apply(operands: readonly Json[], meter: Meter): Json;
}

type ParameterType = OperatorParameter["type"];

/** A required parameter. */
export const takes = (name: string, type: ParameterType = "any"): OperatorParameter => ({ name, type });

/** A parameter that may be left out. */
export const mayTake = (name: string, type: ParameterType = "any"): OperatorParameter => ({ name, type, optional: true });

/** A parameter that may be given any number of times. */
export const takesMany = (name: string, type: ParameterType = "any"): OperatorParameter => ({ name, type, many: true });

type Apply = Operator["apply"];

/** Declares an operator in one call. */
export function operator(group: OperatorGroup, name: string, summary: string, parameters: readonly OperatorParameter[], example: OperatorDoc["example"], apply: Apply): Operator {
  return { group, name, summary, parameters, example, apply };
}
