import * as z from "zod";
import { json } from "../json.ts";
import { common, next, way } from "./shared.ts";

/** Goes the first way whose JsonLogic `when` holds, else `otherwise`. */
export const condition = z.strictObject({
  kind: z.literal("condition"),
  ...common,
  branches: z
    .array(z.strictObject({ label: z.string().min(1).max(80), when: json, next }))
    .min(1)
    .max(50),
  otherwise: way.optional(),
});
