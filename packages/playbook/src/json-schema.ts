import { sameJson } from "./compare/same-json.ts";
import type { Json } from "./json.ts";

type Schema = { readonly [key: string]: Json };

/** Where a value does not fit a schema. */
export interface SchemaMisfit {
  readonly code: "missing" | "unknown" | "wrong";
  readonly at: readonly (string | number)[];
  readonly message: string;
}

const isSchema = (value: Json | undefined): value is Schema => typeof value === "object" && value !== null && !Array.isArray(value);
const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);

/** Follows `$ref` within the schema's own document. */
function followed(schema: Schema, root: Schema): Schema {
  let found = schema;
  for (let hops = 0; hops < 10 && typeof found["$ref"] === "string"; hops += 1) {
    let target: Json | undefined = root;
    for (const segment of found["$ref"]
      .replace(/^#\/?/, "")
      .split("/")
      .filter((each) => each !== ""))
      target = isSchema(target) ? target[segment] : undefined;
    if (!isSchema(target)) return {};
    found = target;
  }
  return found;
}

/** The properties that a schema names, through its `allOf`. */
export function propertiesOf(schema: Json | undefined, root: Json | undefined = schema): ReadonlyMap<string, Json> {
  if (!isSchema(schema) || !isSchema(root)) return new Map();
  const own = followed(schema, root);
  return new Map([...list(own["allOf"]).flatMap((part) => [...propertiesOf(part, root)]), ...Object.entries(isSchema(own["properties"]) ? own["properties"] : {})]);
}

/** The properties that a schema demands. */
export const requiredOf = (schema: Json | undefined): readonly string[] =>
  isSchema(schema) ? list(followed(schema, schema)["required"]).filter((each) => typeof each === "string") : [];

const isType: { readonly [type: string]: (value: Json) => boolean } = {
  null: (value) => value === null,
  boolean: (value) => typeof value === "boolean",
  number: (value) => typeof value === "number",
  integer: (value) => Number.isInteger(value),
  string: (value) => typeof value === "string",
  array: (value) => Array.isArray(value),
  object: (value) => isSchema(value),
};

const words: { readonly [type: string]: string } = {
  string: "text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  null: "null",
};

function misfits(value: Json, schema: Json | undefined, root: Schema, at: readonly (string | number)[], skip: (value: Json) => boolean): SchemaMisfit[] {
  if (!isSchema(schema) || skip(value) || at.length > 50) return schema === false ? [{ code: "unknown", at, message: "No value is allowed here." }] : [];
  const wanted = followed(schema, root);
  const wrong = (message: string): SchemaMisfit[] => [{ code: "wrong", at, message }];
  for (const either of [list(wanted["anyOf"]), list(wanted["oneOf"])]) {
    if (either.length === 0) continue;
    const tried = either.map((each) => misfits(value, each, root, at, skip));
    if (tried.every((each) => each.length > 0))
      return tried.length === 1
        ? (tried[0] ?? [])
        : (tried.find((each) => each.every((one) => one.at.length > at.length)) ?? wrong("The value fits none of the forms that are allowed."));
  }
  const types = typeof wanted["type"] === "string" ? [wanted["type"]] : list(wanted["type"]).filter((each) => typeof each === "string");
  if (types.length > 0 && !types.some((type) => isType[type]?.(value) ?? true)) return wrong(`This must be ${types.map((type) => words[type] ?? type).join(" or ")}.`);
  if (wanted["enum"] !== undefined && !list(wanted["enum"]).some((each) => sameJson(each, value)))
    return wrong(
      `This must be one of ${list(wanted["enum"])
        .map((each) => JSON.stringify(each))
        .join(", ")}.`,
    );
  if (wanted["const"] !== undefined && !sameJson(wanted["const"], value)) return wrong(`This must be ${JSON.stringify(wanted["const"])}.`);
  return [...range(value, wanted, wrong), ...list(wanted["allOf"]).flatMap((part) => misfits(value, part, root, at, skip)), ...parts(value, wanted, root, at, skip)];
}

function range(value: Json, wanted: Schema, wrong: (message: string) => SchemaMisfit[]): SchemaMisfit[] {
  const bound = (key: string): number | null => (typeof wanted[key] === "number" ? wanted[key] : null);
  const outside = (size: number, low: number | null, high: number | null): boolean => (low !== null && size < low) || (high !== null && size > high);
  if (typeof value === "number" && outside(value, bound("minimum"), bound("maximum"))) return wrong("The number is out of range.");
  if (typeof value === "string" && outside(value.length, bound("minLength"), bound("maxLength"))) return wrong("The text is too short or too long.");
  return Array.isArray(value) && outside(value.length, bound("minItems"), bound("maxItems")) ? wrong("The list is too short or too long.") : [];
}

function parts(value: Json, wanted: Schema, root: Schema, at: readonly (string | number)[], skip: (value: Json) => boolean): SchemaMisfit[] {
  if (Array.isArray(value))
    return (value as readonly Json[]).flatMap((item, index) => misfits(item, list(wanted["prefixItems"])[index] ?? wanted["items"], root, [...at, index], skip));
  if (!isSchema(value)) return [];
  const properties = isSchema(wanted["properties"]) ? wanted["properties"] : {};
  const missing = list(wanted["required"])
    .filter((key) => typeof key === "string" && !Object.hasOwn(value, key))
    .map((key) => ({ code: "missing" as const, at: [...at, String(key)], message: `"${String(key)}" is missing.` }));
  const present = Object.entries(value).flatMap(([key, part]): SchemaMisfit[] => {
    if (Object.hasOwn(properties, key)) return misfits(part, properties[key], root, [...at, key], skip);
    if (wanted["additionalProperties"] === false) return [{ code: "unknown", at: [...at, key], message: `There is no "${key}" here.` }];
    return misfits(part, wanted["additionalProperties"], root, [...at, key], skip);
  });
  return [...missing, ...present];
}

/** Where a value does not fit a JSON Schema (type, required, enum, ranges; patterns and formats are left to whoever runs it). Values for which `skip` holds fit anything. */
export const schemaMisfits = (value: Json, schema: Json, skip: (value: Json) => boolean = () => false): SchemaMisfit[] =>
  isSchema(schema) ? misfits(value, schema, schema, [], skip) : [];

/** What a schema says of the value at a path: a schema, or "unknown" when it says nothing, or null when there can be nothing. */
export function schemaAt(schema: Json, path: readonly string[], root: Json = schema): Json | "unknown" | null {
  const [segment, ...rest] = path;
  if (!isSchema(schema) || !isSchema(root)) return "unknown";
  const own = followed(schema, root);
  if (segment === undefined) return own;
  if (own["anyOf"] !== undefined || own["oneOf"] !== undefined || own["allOf"] !== undefined) return "unknown";
  if (own["type"] === "array")
    return /^\d+$/.test(segment) ? (own["items"] === undefined ? "unknown" : schemaAt(own["items"], rest, root)) : segment === "length" ? "unknown" : null;
  if (own["type"] !== "object") return "unknown";
  const property = propertiesOf(own, root).get(segment);
  if (property !== undefined) return schemaAt(property, rest, root);
  return own["additionalProperties"] === false ? null : "unknown";
}
