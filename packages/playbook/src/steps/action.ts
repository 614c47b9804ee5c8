import * as z from "zod";
import { duration } from "../duration.ts";
import { common, forEach, next, repeat, retry, slug, values, way } from "./shared.ts";

/** Calls an integration's action, e.g. `code42.get-alert`. */
export const action = z.strictObject({
  kind: z.literal("action"),
  ...common,
  action: z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, "must be integration.verb-noun"),
  connection: slug.optional(),
  with: values.optional(),
  forEach: forEach.optional(),
  repeat: repeat.optional(),
  retry: retry.optional(),
  timeout: duration.optional(),
  onDoubt: z.enum(["ask", "retry", "skip"]).optional(),
  next: next.optional(),
  onError: way.optional(),
});
