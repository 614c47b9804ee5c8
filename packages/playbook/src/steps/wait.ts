import * as z from "zod";
import { duration } from "../duration.ts";
import { common, next, way } from "./shared.ts";

/** Waits for a duration, until a time (ISO 8601, may be a template), or for a named signal; exactly one of the three. */
export const wait = z.strictObject({
  kind: z.literal("wait"),
  ...common,
  for: z.string().min(1).optional(),
  until: z.string().min(1).optional(),
  signal: z.string().min(1).max(128).optional(),
  timeLimit: duration.optional(),
  next: next.optional(),
  onTimeLimit: way.optional(),
});
