import type { Json } from "@drawbridge/playbook";
import { ApiProblem } from "../api/api-problem.ts";
import type { ConnectionField } from "./connection-fields.ts";

/** What was filled in as settings; a secret left empty is left out, so that it keeps its value. */
export function readSettings(fields: readonly ConnectionField[], values: { readonly [key: string]: string | boolean }, secretsSet: readonly string[]): Record<string, Json> {
  const settings: Record<string, Json> = {};
  for (const { key, label, kind, required, secret } of fields) {
    const value = values[key];
    if (typeof value === "boolean") {
      settings[key] = value;
      continue;
    }
    if (value === undefined || value === "") {
      if (required && !(secret && secretsSet.includes(key))) throw refuse(key, label, "must be filled in");
      continue;
    }
    settings[key] = kind === "number" ? readNumber(key, label, value) : kind === "json" ? readJson(key, label, value) : value;
  }
  return settings;
}

function readNumber(key: string, label: string, text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value)) throw refuse(key, label, "must be a number");
  return value;
}

function readJson(key: string, label: string, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw refuse(key, label, "must be JSON");
  }
}

const refuse = (key: string, label: string, what: string) =>
  new ApiProblem({ code: "invalid-request", status: 0, title: "A setting does not fit", detail: `“${label}” ${what}.`, pointer: `/settings/${key}` });
