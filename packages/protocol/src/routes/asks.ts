import { json } from "@drawbridge/playbook";
import * as z from "zod";
import { defineRoute } from "../route.ts";
import { instant, nothing, page, paging } from "../shared.ts";

const field = z.object({
  key: z.string(),
  label: z.string(),
  type: z.enum(["text", "long-text", "number", "boolean", "date", "choice", "choices"]),
  options: z.array(z.string()).optional(),
  required: z.boolean().optional(),
  help: z.string().optional(),
});

/** A question that a run waits for a person to answer. */
export const askView = z.object({
  id: z.string(),
  run: z.string(),
  playbook: z.object({ id: z.string(), name: z.string() }),
  step: z.string(),
  caseId: z.string().nullable(),
  title: z.string(),
  prompt: z.string(),
  context: z.record(z.string(), json),
  fields: z.array(field),
  branches: z.array(z.object({ label: z.string(), tone: z.enum(["positive", "negative", "neutral"]), effect: z.string().optional() })),
  openedAt: instant,
  until: instant.nullable(),
  state: z.enum(["open", "answered", "expired", "cancelled"]),
  answer: z.string().nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: instant.nullable(),
  mayAnswer: z.boolean(),
});
export type AskView = z.output<typeof askView>;

export const askRoutes = {
  listAsks: defineRoute({
    method: "get",
    path: "/asks",
    summary: "Questions to people; open ones unless told",
    tag: "asks",
    access: "viewer",
    query: z.strictObject({
      state: z.enum(["open", "answered", "all"]).optional(),
      mine: z.enum(["true", "false"]).optional(),
      caseId: z.string().optional(),
      run: z.string().optional(),
      ...paging,
    }),
    answer: page(askView),
  }),
  answerAsk: defineRoute({
    method: "post",
    path: "/asks/answer",
    summary: "Answer a question; `id` is the ask's",
    tag: "asks",
    access: "analyst",
    body: z.strictObject({ id: z.string(), answer: z.string(), values: z.record(z.string(), json).optional() }),
    answer: nothing,
  }),
};
