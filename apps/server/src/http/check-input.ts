import type * as z from "zod";
import { ProblemError } from "../problem-error.ts";

const pointerOf = (path: readonly PropertyKey[]): string => path.map((part) => `/${String(part).replace(/~/g, "~0").replace(/\//g, "~1")}`).join("");

/** Parses one part of a request; refuses it with a JSON pointer for each mistake. */
export function checkInput(schema: z.ZodType | undefined, part: "params" | "query" | "body", value: unknown): unknown {
  if (schema === undefined) return undefined;
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const prefix = part === "body" ? "" : `/${part}`;
  const problems = read.error.issues.slice(0, 50).map((issue) => ({ code: issue.code ?? "custom", message: issue.message, pointer: `${prefix}${pointerOf(issue.path)}` }));
  const first = problems[0] ?? { code: "custom", message: "not valid", pointer: "" };
  throw new ProblemError("invalid-request", part === "body" && value === undefined ? "The request needs a JSON body." : `${first.pointer || `The ${part}`}: ${first.message}`, {
    pointer: first.pointer,
    problems,
  });
}
