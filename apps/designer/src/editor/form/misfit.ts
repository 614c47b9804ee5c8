import type { Json } from "@drawbridge/playbook";
import { type FieldShape, typeText } from "./schema-fields.ts";

const isObject = (value: Json): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

const fits: { readonly [Kind in FieldShape["kind"]]: (value: Json, shape: Extract<FieldShape, { kind: Kind }>) => boolean } = {
  text: (value) => typeof value === "string",
  number: (value, { whole, minimum = -Infinity, maximum = Infinity }) => typeof value === "number" && value >= minimum && value <= maximum && (!whole || Number.isInteger(value)),
  boolean: (value) => typeof value === "boolean",
  choice: (value, { options }) => options.some((each) => JSON.stringify(each) === JSON.stringify(value)),
  choices: (value, { options }) => Array.isArray(value) && (value as readonly Json[]).every((each) => options.some((option) => JSON.stringify(option) === JSON.stringify(each))),
  list: (value, { item }) => Array.isArray(value) && (value as readonly Json[]).every((each) => misfitOf(item, each) === null),
  object: isObject,
  map: isObject,
  any: () => true,
};

/** Why a value that an expression gives does not fit a field, null when it does. */
export function misfitOf(shape: FieldShape, value: Json): string | null {
  if ((fits[shape.kind] as (value: Json, shape: FieldShape) => boolean)(value, shape)) return null;
  if (shape.kind === "text" && typeof value !== "object") return null;
  if (shape.kind === "choice") return `takes ${shape.options.map(String).join(", ")}`;
  if (shape.kind === "number" && typeof value === "number")
    return `takes ${[shape.whole && "whole numbers", shape.minimum !== undefined && `from ${shape.minimum}`, shape.maximum !== undefined && `to ${shape.maximum}`].filter(Boolean).join(" ")}`;
  return `takes ${typeText(shape)}`;
}

const showable: { readonly [Kind in FieldShape["kind"]]: (value: Json) => boolean } = {
  text: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  choice: (value) => typeof value !== "object" || value === null,
  choices: Array.isArray,
  list: Array.isArray,
  object: isObject,
  map: isObject,
  any: () => true,
};

/** Whether a field's own control can show a value without hiding any of it; else it is written as JSON. */
export const isShowable = (shape: FieldShape, value: Json | undefined): boolean => value === undefined || showable[shape.kind](value);
