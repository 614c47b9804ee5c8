import * as z from "zod";
import { duration } from "../duration.ts";
import { json } from "../json.ts";
import { common, forEach, next, repeat, slug, values, way } from "./shared.ts";

/** Runs another playbook as a run of its own and waits for it, unless `detached`. The output is its outputs plus `run`. */
export const call = z.strictObject({
  kind: z.literal("call"),
  ...common,
  playbook: slug,
  with: values.optional(),
  /** The case id the called run works on; without it, the caller's case. */
  case: json.optional(),
  detached: z.boolean().optional(),
  forEach: forEach.optional(),
  repeat: repeat.optional(),
  timeout: duration.optional(),
  next: next.optional(),
  onError: way.optional(),
});
