import * as z from "zod";
import { common, next, values } from "./shared.ts";

/** Sets variables, read as `vars.<name>`. */
export const set = z.strictObject({ kind: z.literal("set"), ...common, values, next: next.optional() });
