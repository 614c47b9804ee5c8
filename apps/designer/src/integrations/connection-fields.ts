import type { Json } from "@drawbridge/playbook";

export interface ConnectionField {
  readonly key: string;
  readonly label: string;
  readonly help: string;
  readonly kind: "text" | "number" | "boolean" | "choice" | "json";
  readonly choices: readonly string[];
  readonly required: boolean;
  readonly secret: boolean;
  readonly initial: Json;
}

type Schema = { readonly [key: string]: Json };
const isSchema = (value: Json | undefined): value is Schema => typeof value === "object" && value !== null && !Array.isArray(value);

/** What a connection is asked for, by its JSON Schema; a nullable or optional part counts as its plain form. */
export function connectionFields(schema: Json): readonly ConnectionField[] {
  if (!isSchema(schema) || !isSchema(schema["properties"])) return [];
  const required = Array.isArray(schema["required"]) ? (schema["required"] as readonly Json[]) : [];
  return Object.entries(schema["properties"]).flatMap(([key, property]) => {
    if (!isSchema(property)) return [];
    const plain = plainOf(property);
    const choices = Array.isArray(plain["enum"]) ? plain["enum"].map(String) : [];
    const type = plain["type"];
    return [
      {
        key,
        label: textOf(property["title"] ?? plain["title"]) || labelOf(key),
        help: textOf(property["description"] ?? plain["description"]),
        kind:
          choices.length > 0
            ? "choice"
            : type === "number" || type === "integer"
              ? "number"
              : type === "boolean"
                ? "boolean"
                : type === "object" || type === "array"
                  ? "json"
                  : "text",
        choices,
        required: required.includes(key) && property["default"] === undefined,
        secret: property["secret"] === true || plain["secret"] === true,
        initial: property["default"] ?? plain["default"] ?? null,
      } satisfies ConnectionField,
    ];
  });
}

function plainOf(property: Schema): Schema {
  const ways = property["anyOf"] ?? property["oneOf"];
  if (!Array.isArray(ways)) return property;
  return (ways as readonly Json[]).filter(isSchema).find((way) => way["type"] !== "null") ?? property;
}

const textOf = (value: Json | undefined) => (typeof value === "string" ? value : "");
const labelOf = (key: string) => {
  const words = key.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};
