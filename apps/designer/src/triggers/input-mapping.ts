import type { Json } from "@drawbridge/playbook";
import { type InputField, readInputs } from "../library/run-input.ts";

type Values = { readonly [key: string]: Json };
export type MappingTexts = { readonly [key: string]: string };

const isText: ReadonlySet<InputField["type"]> = new Set(["string", "number", "boolean"]);
const hasExpression = (text: string) => text.includes("{{");

/** A trigger's inputs as they are typed: text stays text, all else is JSON, an expression itself. */
export function mappingTexts(values: Values, fields: readonly InputField[]): MappingTexts {
  const types = new Map(fields.map((field) => [field.key, field.type]));
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, textOf(value, types.get(key) ?? "any")]));
}

function textOf(value: Json, type: InputField["type"]): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return type === "any" && isJson(value) ? JSON.stringify(value) : value;
}

/** What was typed, as a trigger keeps it: expressions stay, other texts take the type of their input, empty ones are left out. */
export function readMapping(fields: readonly InputField[], texts: MappingTexts): { readonly [key: string]: Json } {
  const known = new Set(fields.map((field) => field.key));
  const all = [...fields, ...Object.keys(texts).flatMap((key): InputField[] => (known.has(key) ? [] : [{ key, type: "any" }]))];
  const expressions: Record<string, Json> = {};
  const plain = all.filter(({ key, type }) => {
    const text = texts[key] ?? "";
    if (!hasExpression(text) || (!isText.has(type) && isJson(text))) return true;
    expressions[key] = text;
    return false;
  });
  return { ...readInputs(plain, texts), ...expressions };
}

/** Keys that were mapped once and are no inputs of the playbook any more. */
export const strayKeys = (fields: readonly InputField[], texts: MappingTexts): readonly string[] => Object.keys(texts).filter((key) => !fields.some((field) => field.key === key));

/** What a webhook maps to begin with: each input from the field of its name. */
export const bodyMapping = (fields: readonly InputField[]): MappingTexts => Object.fromEntries(fields.map(({ key }) => [key, `{{ webhook.body.${key} }}`]));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
