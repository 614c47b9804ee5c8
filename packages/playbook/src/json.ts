import * as z from "zod";

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Any JSON value, checked at the edge. */
export const json: z.ZodType<Json> = z.json() as z.ZodType<Json>;
