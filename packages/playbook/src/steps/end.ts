import * as z from "zod";
import { common } from "./shared.ts";

/** An outcome. It ends its own way, and the whole run only with `terminate`. */
export const end = z.strictObject({
  kind: z.literal("end"),
  ...common,
  outcome: z.string().min(1).max(80),
  result: z.enum(["succeeded", "failed"]).optional(),
  terminate: z.boolean().optional(),
});
