import { instantMs, type Json } from "@drawbridge/playbook";
import type { AskField } from "./effect.ts";
import { valueOf } from "./persistent/keyed.ts";
import type { Plan } from "./plan.ts";
import type { Run } from "./run-state.ts";

/** Why an answer is refused; `pointer` is a JSON pointer into `{ answer, values }`. */
export interface AnswerProblem {
  readonly code: "ask-not-open" | "unknown-answer" | "missing-field" | "invalid-field" | "unknown-field";
  readonly message: string;
  readonly pointer: string;
}

/** What is wrong with an answer to an open ask, or null. */
export function answerProblem(_plan: Plan, run: Run, effect: string, answer: string, values: { readonly [key: string]: Json }): AnswerProblem | null {
  const awaited = valueOf(run.awaited, effect);
  if (awaited?.effect.type !== "open-ask") return { code: "ask-not-open", message: "This question is not open any more.", pointer: "" };
  const { branches, fields } = awaited.effect.ask;
  if (!branches.some((branch) => branch.label === answer)) return { code: "unknown-answer", message: `“${answer}” is not one of the answers.`, pointer: "/answer" };
  for (const field of fields) {
    const value = Object.hasOwn(values, field.key) ? (values[field.key] ?? null) : null;
    const empty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
    if (empty && field.required === true) return { code: "missing-field", message: `${field.label} is needed.`, pointer: pointerTo(field.key) };
    if (!empty && !fits[field.type](value, field)) return { code: "invalid-field", message: `${field.label} must be ${kinds[field.type]}.`, pointer: pointerTo(field.key) };
  }
  const unknown = Object.keys(values).find((key) => !fields.some((field) => field.key === key));
  return unknown === undefined ? null : { code: "unknown-field", message: `The question has no field “${unknown}”.`, pointer: pointerTo(unknown) };
}

const pointerTo = (key: string): string => `/values/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;

const isOption = (value: Json, field: AskField): boolean => typeof value === "string" && (field.options ?? []).includes(value);

const fits: { readonly [Type in AskField["type"]]: (value: Json, field: AskField) => boolean } = {
  text: (value) => typeof value === "string",
  "long-text": (value) => typeof value === "string",
  number: (value) => typeof value === "number" && Number.isFinite(value),
  boolean: (value) => typeof value === "boolean",
  date: (value) => typeof value === "string" && /^\d{4}-/.test(value) && instantMs(value) !== null,
  choice: isOption,
  choices: (value, field) => Array.isArray(value) && value.every((each: Json) => isOption(each, field)),
};

const kinds: { readonly [Type in AskField["type"]]: string } = {
  text: "text",
  "long-text": "text",
  number: "a number",
  boolean: "yes or no",
  date: "a date",
  choice: "one of the options",
  choices: "some of the options",
};
