import * as z from "zod";
import { duration } from "../duration.ts";
import { json } from "../json.ts";
import { common, next, slug, way } from "./shared.ts";

/** Who may answer: people by e-mail, roles, the case's owner or its members. Values may be templates. */
const assignees = z.strictObject({
  people: z.array(z.string()).max(50).optional(),
  roles: z.array(z.enum(["viewer", "analyst", "engineer", "admin"])).optional(),
  caseOwner: z.boolean().optional(),
  caseMembers: z.boolean().optional(),
});

const field = z.strictObject({
  key: slug,
  label: z.string().min(1).max(200),
  type: z.enum(["text", "long-text", "number", "boolean", "date", "choice", "choices"]),
  options: z.array(z.string().min(1)).max(200).optional(),
  required: z.boolean().optional(),
  help: z.string().max(500).optional(),
});

/** Asks a person; each answer is a branch. `fields` make the answer a form. The output is `{ answer, by, at, values }`. */
export const ask = z.strictObject({
  kind: z.literal("ask"),
  ...common,
  /** The question, Markdown; may hold templates. */
  prompt: z.string().min(1).max(8_000),
  to: assignees.optional(),
  /** What the person should see besides the question. */
  context: z.record(z.string(), json).optional(),
  fields: z.array(field).max(50).optional(),
  branches: z
    .array(z.strictObject({ label: z.string().min(1).max(80), tone: z.enum(["positive", "negative", "neutral"]).optional(), effect: z.string().max(300).optional(), next }))
    .min(1)
    .max(20),
  timeLimit: duration.optional(),
  onTimeLimit: way.optional(),
});
