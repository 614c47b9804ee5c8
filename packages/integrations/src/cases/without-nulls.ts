import type { Json } from "@drawbridge/integration-kit";

/** The fields that say something. */
export function withoutNulls(fields: { readonly [key: string]: Json | undefined }): { readonly [key: string]: Json } {
  return Object.fromEntries(Object.entries(fields).flatMap(([key, value]) => (value === null || value === undefined ? [] : [[key, value]])));
}
