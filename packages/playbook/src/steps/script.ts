import * as z from "zod";
import { duration } from "../duration.ts";
import { common, next, retry, values, way } from "./shared.ts";

/** Sandboxed JavaScript without I/O: the body of a function of `input`; what it returns is the output. */
export const script = z.strictObject({
  kind: z.literal("script"),
  ...common,
  source: z.string().max(64_000),
  with: values.optional(),
  retry: retry.optional(),
  timeout: duration.optional(),
  next: next.optional(),
  onError: way.optional(),
});
