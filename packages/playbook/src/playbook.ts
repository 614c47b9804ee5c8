import * as z from "zod";
import { json } from "./json.ts";
import { next, slug } from "./steps/shared.ts";
import { step } from "./steps/registry.ts";

/** The version of the document's own format. */
export const currentSchemaVersion = 1;

export const inputType = z.enum(["string", "number", "boolean", "object", "array", "any"]);

const input = z.strictObject({
  key: z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/),
  type: inputType,
  required: z.boolean().optional(),
  default: json.optional(),
  description: z.string().max(1_000).optional(),
});

const output = z.strictObject({
  key: z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/),
  value: json,
  description: z.string().max(1_000).optional(),
});

/** Starts a run for each new alert of a connection; `inputs` maps `alert.…` to the playbook's inputs. */
const alertTrigger = z.strictObject({
  kind: z.literal("alert"),
  connection: slug,
  inputs: z.record(z.string(), json),
});

/** Where a step stands on the canvas. */
export const position = z.strictObject({ x: z.number(), y: z.number() });

/** A note on the canvas. */
export const note = z.strictObject({
  text: z.string().max(8_000),
  x: z.number(),
  y: z.number(),
  width: z.number().min(80).max(2_000),
  height: z.number().min(40).max(2_000),
});

/** Steps that are drawn in one frame, or folded into one card; it means nothing to a run. A step is in one group at most. */
export const group = z.strictObject({
  name: z.string().min(1).max(120),
  steps: z.array(slug).min(1).max(5_000),
  folded: z.boolean().optional(),
});

/** The playbook document; see README for one whole example. */
export const playbook = z.strictObject({
  schemaVersion: z.literal(currentSchemaVersion),
  id: slug,
  name: z.string().min(1).max(120),
  description: z.string().max(8_000).optional(),
  tags: z.array(z.string().min(1).max(40)).max(40).optional(),
  inputs: z.array(input).max(200).optional(),
  outputs: z.array(output).max(200).optional(),
  triggers: z.array(alertTrigger).max(20).optional(),
  /** Steps that a run begins with. */
  start: next,
  steps: z.record(slug, step),
  layout: z.record(slug, position).optional(),
  notes: z.record(slug, note).optional(),
  groups: z.record(slug, group).optional(),
  extensions: z.record(z.string(), json).optional(),
});

export type Playbook = z.output<typeof playbook>;
export type PlaybookGroup = z.output<typeof group>;
export type PlaybookInput = z.output<typeof input>;
export type PlaybookOutput = z.output<typeof output>;
