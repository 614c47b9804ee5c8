import { type Json, pointerSegments, type Step } from "@drawbridge/playbook";
import { fieldsOf, type FieldShape, type SchemaField, titleOf } from "../editor/form/schema-fields.ts";
import type { StepCatalog } from "../steps/step-catalog.ts";
import { branchWord, playbookWords, stepWords } from "./field-words.ts";

/** What the elements of these lists are called by. */
const names: { readonly [list: string]: string } = { branches: "label", fields: "label", inputs: "key", outputs: "key" };
const keys: { readonly [list: string]: string } = { ...names, fields: "key" };

/** A step's field as the inspector calls it; `pointer` goes into the step, list elements by index or by what tells them apart. */
export function stepFieldLabel(pointer: string, step: Step, catalog: StepCatalog): string {
  const segments = pointerSegments(pointer);
  const [first = "", ...rest] = segments;
  if (first === "with" && rest.length > 0) return inputLabel(step, rest, catalog);
  const label = wordsFor(segments, step as unknown as Json, stepWords, first === "branches" ? `${branchWord(step)} ` : "");
  if (first === "timeout" && step.kind === "action") return "Time-out of an attempt";
  if (first === "onTimeLimit" && step.kind === "ask") return "Then, on no answer";
  return label;
}

/** A field of the playbook itself, of a note or of a group; `pointer` goes into `whole`. */
export const playbookFieldLabel = (pointer: string, whole: Json): string => wordsFor(pointerSegments(pointer), whole, playbookWords, "");

/** The word for a place; what has none is a readable path. */
function wordsFor(segments: readonly string[], whole: Json, words: { readonly [place: string]: string }, before: string): string {
  const named = namedPath(segments, whole);
  for (let known = segments.length; known > 0; known -= 1) {
    const word = placesOf(segments.slice(0, known)).flatMap((place) => words[place] ?? [])[0];
    if (word === undefined) continue;
    const label = word.replace("*", before + (named[1] ?? ""));
    return [label, ...named.slice(known).map(readable)].join(" › ");
  }
  return named.map(readable).join(" › ");
}

/** The places that a path may stand for: as written, and with `*` for what a list or map names. */
const placesOf = (segments: readonly string[]): string[] => [
  segments.join("."),
  segments.map((segment, at) => (at === 1 ? "*" : segment)).join("."),
  segments.map((segment, at) => (at % 2 === 1 ? "*" : segment)).join("."),
];

const readable = (segment: string) => (/^\d+$/.test(segment) ? String(Number(segment) + 1) : titleOf(segment));

/** The path with list elements by their own names. */
function namedPath(segments: readonly string[], whole: Json): string[] {
  let at: Json | undefined = whole;
  return segments.map((segment, index) => {
    const list = segments[index - 1] ?? "";
    const within: Json | undefined = at;
    at = childOf(within, list, segment);
    if (!Array.isArray(within)) return segment;
    const name = isObject(at) ? at[names[list] ?? ""] : undefined;
    return typeof name === "string" ? name : /^\d+$/.test(segment) ? String(Number(segment) + 1) : segment;
  });
}

/** The value below: of a list by index, or by what tells its elements apart. */
function childOf(value: Json | undefined, list: string, segment: string): Json | undefined {
  if (Array.isArray(value)) {
    const all = value as readonly Json[];
    return all.find((each) => isObject(each) && each[keys[list] ?? ""] === segment) ?? all[Number(segment)];
  }
  return isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
}

function inputLabel(step: Step, path: readonly string[], catalog: StepCatalog): string {
  const labels: string[] = [];
  let shape: FieldShape | undefined = inputShape(step, catalog);
  for (const segment of path) {
    const field: SchemaField | undefined = fieldIn(shape, segment);
    labels.push(field?.title ?? (shape?.kind === "map" || !/^\d+$/.test(segment) ? segment : String(Number(segment) + 1)));
    shape = field?.shape ?? (shape?.kind === "list" || shape?.kind === "map" ? shape.item : undefined);
  }
  return labels.join(" › ");
}

/** What a step's `with` takes, when its action is known. */
export function inputShape(step: Step, catalog: StepCatalog): FieldShape | undefined {
  const facts = step.kind === "action" ? catalog.actions.get(step.action) : undefined;
  return facts && { kind: "object", fields: fieldsOf(facts.input) };
}

export const fieldIn = (shape: FieldShape | undefined, key: string): SchemaField | undefined =>
  shape?.kind === "object" ? shape.fields.find((each) => each.key === key) : undefined;

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } => typeof value === "object" && value !== null && !Array.isArray(value);
