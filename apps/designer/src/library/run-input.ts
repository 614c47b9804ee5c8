import type { Json, PlaybookInput } from "@drawbridge/playbook";
import { ApiProblem } from "../api/api-problem.ts";

export type InputField = PlaybookInput;

/** What was typed, as the values that the inputs take; an empty field is left out. */
export function readInputs(inputs: readonly InputField[], texts: { readonly [key: string]: string }): { readonly [key: string]: Json } {
  const values: Record<string, Json> = {};
  for (const { key, type } of inputs) {
    const text = texts[key];
    if (text === undefined || text.trim() === "") continue;
    values[key] = readers[type](key, text);
  }
  return values;
}

const readers: { readonly [Type in InputField["type"]]: (key: string, text: string) => Json } = {
  string: (_, text) => text,
  number: (key, text) => {
    const value = Number(text);
    if (!Number.isFinite(value)) throw refuse(key, "a number");
    return value;
  },
  boolean: (_, text) => text === "true",
  object: (key, text) => {
    const value = readJson(key, text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw refuse(key, "a JSON object");
    return value;
  },
  array: (key, text) => {
    const value = readJson(key, text);
    if (!Array.isArray(value)) throw refuse(key, "a JSON list");
    return value;
  },
  any: (_, text) => {
    try {
      return JSON.parse(text) as Json;
    } catch {
      return text;
    }
  },
};

function readJson(key: string, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw refuse(key, "JSON");
  }
}

const refuse = (key: string, wanted: string) =>
  new ApiProblem({ code: "invalid-request", status: 0, title: "An input does not fit", detail: `${key} must be ${wanted}.`, pointer: `/input/${key}` });
