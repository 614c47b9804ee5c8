import type { Json } from "@drawbridge/playbook";

/** A value in one line, cut to `most` characters. */
export function valueText(value: Json, most = 80): string {
  const text =
    typeof value === "string"
      ? JSON.stringify(value.length > most * 2 ? value.slice(0, most * 2) : value)
      : Array.isArray(value) || isObject(value)
        ? compact(value, most)
        : String(value);
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** What a value is, for people, in the words that forms use. */
export function valueType(value: Json): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return `list of ${value.length}`;
  return { string: "string", number: "number", boolean: "true or false", object: "object" }[typeof value as string] ?? "any";
}

const isObject = (value: Json): value is { readonly [key: string]: Json } => typeof value === "object" && value !== null && !Array.isArray(value);

/** Writes only as much of a large value as is shown. */
function compact(value: Json, most: number): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, most));
  if (Array.isArray(value)) return `[${parts(value as readonly Json[], most, (each, left) => compact(each, left))}]`;
  if (!isObject(value)) return String(value);
  return `{ ${parts(Object.entries(value), most, ([key, each], left) => `${key}: ${compact(each, left)}`)} }`;
}

function parts<Part>(all: readonly Part[], most: number, write: (part: Part, left: number) => string): string {
  const written: string[] = [];
  let left = most;
  for (const part of all) {
    if (left <= 0) break;
    const text = write(part, left);
    written.push(text);
    left -= text.length + 2;
  }
  return written.join(", ") + (written.length < all.length ? ", …" : "");
}
