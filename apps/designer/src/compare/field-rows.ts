import { diffValues, type FieldChange, type Json, pointerOf, pointerSegments, type Step } from "@drawbridge/playbook";
import type { FieldShape } from "../editor/form/schema-fields.ts";
import { conceal } from "./conceal.ts";
import { fieldIn, inputShape, playbookFieldLabel, stepFieldLabel } from "./field-labels.ts";
import { type Names, type ShownValue, shownValue } from "./shown-value.ts";

/** One field that differs, as it is shown; a side that has no such field is null. */
export interface FieldRow {
  readonly pointer: string;
  readonly label: string;
  readonly before: ShownValue | null;
  readonly after: ShownValue | null;
}

/** Said by the entry itself. */
const inHead = new Set(["/kind", "/name"]);
/** Whose elements are shown field by field when they come or go. */
const opened = new Set(["branches", "fields", "inputs", "outputs", "triggers"]);

/** What differs between two states of a step, `before` or `after` null when the other is all there is. */
export function stepRows(before: Step | null, after: Step | null, names: Names): FieldRow[] {
  const [was, is] = [asJson(before), asJson(after)];
  const fields = was && is ? diffValues(was, is) : wholeOf(was, is);
  return fields.flatMap((field) => {
    const side = (field.after === undefined && pointerSegments(field.pointer).length === 2) || !after ? before : after;
    return side ? expanded(field).map((each) => rowOf(each, stepFieldLabel(each.pointer, side, names.catalog), inputAt(side, each.pointer, names), names)) : [];
  });
}

/** What differs in fields of the playbook, of a note or of a group; the pointers go into `before` and `after`. */
export function plainRows(fields: readonly FieldChange[], before: Json, after: Json, names: Names): FieldRow[] {
  return fields.flatMap((field) => {
    const side = field.after === undefined && pointerSegments(field.pointer).length === 2 ? before : after;
    return expanded(field).map((each) => rowOf(each, playbookFieldLabel(each.pointer, side), { shape: undefined, secret: false }, names));
  });
}

const asJson = (step: Step | null) => step as unknown as Json | null;

/** Every field of a step that is in one version only, in the step's own order. */
function wholeOf(was: Json | null, is: Json | null): FieldChange[] {
  const order = Object.keys((was ?? is) as { readonly [key: string]: Json });
  const place = ({ pointer }: FieldChange) => order.indexOf(pointerSegments(pointer)[0] ?? "");
  return diffValues(was ?? frameOf(is), is ?? frameOf(was))
    .filter(({ pointer }) => !inHead.has(pointer))
    .sort((one, other) => place(one) - place(other));
}

/** The objects of a step, empty: what its fields are told one by one against. */
function frameOf(step: Json): Json {
  const parts = Object.entries(step as { readonly [key: string]: Json }).flatMap(([key, value]): [string, Json][] => {
    if (opened.has(key) && Array.isArray(value)) return [[key, []]];
    return typeof value === "object" && value !== null && !Array.isArray(value) && !Object.hasOwn(value, "$logic") ? [[key, {}]] : [];
  });
  return Object.fromEntries(parts);
}

/** An element that came or went, field by field but for what it is called by. */
function expanded(field: FieldChange): FieldChange[] {
  const segments = pointerSegments(field.pointer);
  const value = field.before ?? field.after;
  if (segments.length !== 2 || !opened.has(segments[0] ?? "") || (field.before !== undefined && field.after !== undefined)) return [field];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [field];
  const parts = Object.entries(value as { readonly [key: string]: Json }).filter(([key]) => key !== "label" && key !== "key");
  const side = field.before === undefined ? "after" : "before";
  return parts.length === 0 ? [field] : parts.map(([key, part]) => ({ pointer: pointerOf([...segments, key]), [side]: part }));
}

/** What an action's schema says of a place in `with`. */
export function inputAt(step: Step, pointer: string, { catalog }: Names): { readonly shape: FieldShape | undefined; readonly secret: boolean } {
  const [first, ...path] = pointerSegments(pointer);
  let shape = first === "with" ? inputShape(step, catalog) : undefined;
  let secret = false;
  for (const segment of path) {
    const field = fieldIn(shape, segment);
    secret = field?.secret ?? false;
    shape = field?.shape ?? (shape?.kind === "list" || shape?.kind === "map" ? shape.item : undefined);
  }
  return { shape, secret };
}

function rowOf(field: FieldChange, label: string, { shape, secret }: ReturnType<typeof inputAt>, names: Names): FieldRow {
  const name = pointerSegments(field.pointer).at(-1) ?? "";
  const side = (value: Json | undefined) => (value === undefined ? null : shownValue(field.pointer, conceal(value, name, shape, secret), names));
  return { pointer: field.pointer, label, before: side(field.before), after: side(field.after) };
}
