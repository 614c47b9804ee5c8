import type { Json } from "@drawbridge/playbook";
import { deeperThan } from "../http/json-depth.ts";
import { ProblemError } from "../problem-error.ts";

const deepest = 200;

/** A hook's body as JSON: a form becomes an object of texts, an empty body an empty object, other text stays text. */
export function readHookBody(body: Buffer, contentType: string): Json {
  const kind = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  const text = body.toString("utf8");
  if (text.trim() === "") return {};
  if (kind === "application/x-www-form-urlencoded") return fieldsOf(new URLSearchParams(text));
  if (kind.startsWith("text/")) return text;
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw new ProblemError("invalid-json", "The body cannot be read as JSON; send JSON, a form, or text with its content type.");
  }
  if (deeperThan(value, deepest)) throw new ProblemError("invalid-request", `The body is nested deeper than ${deepest} levels.`, { pointer: "" });
  return value;
}

/** Fields by name; one that comes several times is a list. */
export function fieldsOf(fields: URLSearchParams): { readonly [key: string]: Json } {
  return Object.fromEntries([...new Set(fields.keys())].map((key) => [key, fields.getAll(key).length > 1 ? fields.getAll(key) : (fields.get(key) ?? "")]));
}

const unsafe =
  /^(?:authorization|proxy-authorization|cookie|set-cookie|x-csrf-token|connection|host|content-length|accept-encoding|transfer-encoding)$|(?:token|secret|api-?key|password|signature)/;

/** The headers that expressions may read: none that carries a credential. */
export const safeHeaders = (headers: { readonly [name: string]: string | string[] | undefined }): { readonly [name: string]: Json } =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined || unsafe.test(name) ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]])),
  );
