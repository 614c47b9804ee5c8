import * as z from "zod";
import { common, next } from "./shared.ts";

/** A heading that the run passes through. */
export const section = z.strictObject({ kind: z.literal("section"), ...common, next: next.optional() });
