import type { Json, Playbook, PlaybookInput } from "@drawbridge/playbook";

const fits: { readonly [Type in PlaybookInput["type"]]: (value: Json) => boolean } = {
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  array: (value) => Array.isArray(value),
  any: () => true,
};

/** What is wrong with a run's input, or null; `pointer` is a JSON pointer into it. */
export function inputProblem(playbook: Playbook, input: { readonly [key: string]: Json }): { readonly pointer: string; readonly message: string } | null {
  const declared = playbook.inputs ?? [];
  for (const { key, type, required, default: preset } of declared) {
    const value = Object.hasOwn(input, key) ? (input[key] ?? null) : null;
    if (value === null) {
      if (required === true && preset === undefined) return { pointer: `/${key}`, message: `The input "${key}" is needed.` };
    } else if (!fits[type](value)) return { pointer: `/${key}`, message: `The input "${key}" must be of type ${type}.` };
  }
  const unknown = Object.keys(input).find((key) => !declared.some((each) => each.key === key));
  return unknown === undefined ? null : { pointer: `/${unknown}`, message: `The playbook has no input "${unknown}".` };
}
