import type { Json } from "@drawbridge/playbook";
import type { AskView } from "@drawbridge/protocol";
import { ApiProblem } from "../api/api-problem.ts";

/** What was filled in, as the values of the answer; `complete` demands the required fields. */
export function readAnswer(fields: AskView["fields"], values: { readonly [key: string]: Json }, complete: boolean): Record<string, Json> {
  const read: Record<string, Json> = {};
  for (const field of fields) {
    const value = values[field.key];
    const empty = value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
    if (empty) {
      if (field.type === "boolean") read[field.key] = false;
      else if (complete && field.required === true)
        throw new ApiProblem({ code: "invalid-answer", status: 0, title: "Something is missing", detail: `Fill in “${field.label}”.`, pointer: `/values/${field.key}` });
      continue;
    }
    if (field.type !== "number") {
      read[field.key] = value;
      continue;
    }
    const number = Number(value);
    if (!Number.isFinite(number))
      throw new ApiProblem({ code: "invalid-answer", status: 0, title: "This is not a number", detail: `“${field.label}” must be a number.`, pointer: `/values/${field.key}` });
    read[field.key] = number;
  }
  return read;
}
