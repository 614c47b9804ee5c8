import { type Json, namesSecret, secretsIn } from "@drawbridge/playbook";
import type { FieldShape } from "../editor/form/schema-fields.ts";
import { fieldIn } from "./field-labels.ts";

/** Stands for a secret, whatever it is. */
export const concealed = "••••••";

/** The value without its secrets: what the action's schema calls secret, and what looks like one. `name` is what it stands under. */
export function conceal(value: Json, name: string, shape: FieldShape | undefined, secret: boolean): Json {
  const known = concealKnown(value, shape, secret);
  let shown = known;
  for (const place of secretsIn(known, [], namesSecret(name))) shown = put(shown, place);
  return shown;
}

const isExpression = (text: string) => /^\s*\{\{[^}]*\}\}\s*$/.test(text);

function concealKnown(value: Json, shape: FieldShape | undefined, secret: boolean): Json {
  if (secret) return value === null || (typeof value === "string" && (value === "" || isExpression(value))) ? value : concealed;
  if (Array.isArray(value)) return (value as readonly Json[]).map((each) => concealKnown(each, shape?.kind === "list" ? shape.item : undefined, false));
  if (typeof value !== "object" || value === null || shape === undefined) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const field = fieldIn(shape, key);
      return [key, concealKnown(each, field?.shape ?? (shape.kind === "map" ? shape.item : undefined), field?.secret ?? false)];
    }),
  );
}

function put(value: Json, place: readonly (string | number)[]): Json {
  const [first, ...rest] = place;
  if (first === undefined) return concealed;
  if (Array.isArray(value)) return (value as readonly Json[]).map((each, at) => (at === first ? put(each, rest) : each));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, key === first ? put(each, rest) : each]));
}
