import type { Json } from "@drawbridge/playbook";

export type SchemaObject = { readonly [key: string]: Json };

/** One field of a form, read from JSON Schema. */
export interface SchemaField {
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly required: boolean;
  readonly default: Json | undefined;
  readonly examples: readonly Json[];
  readonly secret: boolean;
  readonly shape: FieldShape;
}

/** What a field takes; `any` is written as JSON. */
export type FieldShape =
  | { readonly kind: "text"; readonly long: boolean; readonly format: string | undefined }
  | { readonly kind: "number"; readonly whole: boolean; readonly minimum: number | undefined; readonly maximum: number | undefined }
  | { readonly kind: "boolean" }
  | { readonly kind: "choice"; readonly options: readonly Json[] }
  | { readonly kind: "choices"; readonly options: readonly Json[] }
  | { readonly kind: "list"; readonly item: FieldShape }
  | { readonly kind: "object"; readonly fields: readonly SchemaField[] }
  | { readonly kind: "map"; readonly item: FieldShape }
  | { readonly kind: "any" };

const deepest = 6;

/** The fields of an object schema, those that are required first, otherwise in their own order. */
export function fieldsOf(schema: Json): readonly SchemaField[] {
  const root = asObject(schema);
  if (!root) return [];
  const known = read.get(root);
  if (known) return known;
  const fields = objectFields(resolved(root, root), root, 0).sort((a, b) => Number(b.required) - Number(a.required));
  read.set(root, fields);
  return fields;
}

/** Schemas are values that never change, so each is read once. */
const read = new WeakMap<SchemaObject, readonly SchemaField[]>();

/** What a value of this schema is, for people: "string", "list of string". */
export function typeText(shape: FieldShape): string {
  if (shape.kind === "list") return `list of ${typeText(shape.item)}`;
  return { text: "string", number: "number", boolean: "true or false", choice: "choice", choices: "choices", object: "object", map: "object", any: "any" }[shape.kind];
}

/** "departureDate" and "departure-date" as "Departure date". */
export function titleOf(key: string): string {
  const words = key.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2").replaceAll(/[-_]+/g, " ");
  const calm = words === words.toUpperCase() ? words : words.replaceAll(/\b[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());
  return calm.charAt(0).toUpperCase() + calm.slice(1);
}

function objectFields(schema: SchemaObject, root: SchemaObject, depth: number): SchemaField[] {
  const properties = asObject(schema["properties"] ?? null) ?? {};
  const required = Array.isArray(schema["required"]) ? (schema["required"] as Json[]) : [];
  return Object.entries(properties).map(([key, raw]) => {
    const own = asObject(raw) ?? {};
    const inner = resolved(own, root);
    const text = (name: string) => (typeof own[name] === "string" ? own[name] : typeof inner[name] === "string" ? inner[name] : "");
    const examples = Array.isArray(inner["examples"]) ? (inner["examples"] as Json[]) : [];
    return {
      key,
      title: text("title") || titleOf(key),
      description: text("description"),
      required: required.includes(key) && inner["default"] === undefined,
      default: inner["default"] ?? own["default"],
      examples: [...examples, ...(inner["example"] === undefined ? [] : [inner["example"]])],
      secret: own["secret"] === true || inner["secret"] === true,
      shape: shapeOf(inner, root, depth),
    };
  });
}

function shapeOf(schema: SchemaObject, root: SchemaObject, depth: number): FieldShape {
  if (depth > deepest) return { kind: "any" };
  const options = optionsOf(schema);
  if (options) return { kind: "choice", options };
  const types = (Array.isArray(schema["type"]) ? (schema["type"] as Json[]) : [schema["type"] ?? null]).filter((each) => each !== "null");
  const type = types.length === 1 ? types[0] : undefined;
  if (type === "string") return { kind: "text", long: isLong(schema), format: typeof schema["format"] === "string" ? schema["format"] : undefined };
  if (type === "number" || type === "integer") return { kind: "number", whole: type === "integer", minimum: bound(schema["minimum"]), maximum: bound(schema["maximum"]) };
  if (type === "boolean") return { kind: "boolean" };
  if (type === "array") {
    const item = asObject(schema["items"] ?? null);
    const inner = item ? resolved(item, root) : null;
    const each = inner && optionsOf(inner);
    if (each) return { kind: "choices", options: each };
    return { kind: "list", item: inner ? shapeOf(inner, root, depth + 1) : { kind: "any" } };
  }
  if (type === "object" || schema["properties"]) {
    const fields = objectFields(schema, root, depth + 1);
    if (fields.length > 0) return { kind: "object", fields };
    const rest = asObject(schema["additionalProperties"] ?? null);
    return { kind: "map", item: rest ? shapeOf(resolved(rest, root), root, depth + 1) : { kind: "any" } };
  }
  return { kind: "any" };
}

function optionsOf(schema: SchemaObject): readonly Json[] | null {
  if (Array.isArray(schema["enum"])) return schema["enum"] as Json[];
  const parts = variants(schema);
  if (parts.length > 1 && parts.every((part) => part["const"] !== undefined)) return parts.map((part) => part["const"] ?? null);
  return null;
}

const variants = (schema: SchemaObject): SchemaObject[] =>
  [schema["anyOf"], schema["oneOf"]].flatMap((each) => (Array.isArray(each) ? (each as Json[]).map(asObject).filter((part) => part !== null) : []));

/** Follows references and takes the part of "something or null" that is something. */
function resolved(schema: SchemaObject, root: SchemaObject, hops = 0): SchemaObject {
  if (hops > 20) return {};
  const reference = schema["$ref"];
  if (typeof reference === "string" && reference.startsWith("#/")) {
    let at: Json = root;
    for (const segment of reference.slice(2).split("/")) at = asObject(at)?.[segment] ?? null;
    const { $ref: _followed, ...own } = schema;
    return resolved({ ...(asObject(at) ?? {}), ...own }, root, hops + 1);
  }
  if (optionsOf(schema)) return schema;
  const parts = variants(schema).filter((part) => part["type"] !== "null");
  const [only] = parts;
  if (parts.length === 1 && only) {
    const { anyOf: _any, oneOf: _one, ...own } = schema;
    return resolved({ ...only, ...own }, root, hops + 1);
  }
  return schema;
}

const bound = (value: Json | undefined) => (typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined);
const isLong = (schema: SchemaObject) =>
  schema["format"] === "markdown" || schema["contentMediaType"] !== undefined || (typeof schema["maxLength"] === "number" && schema["maxLength"] >= 1_000);
const asObject = (value: Json): SchemaObject | null => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as SchemaObject) : null);
