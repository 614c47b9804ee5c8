import { type Json, resolve, type Scope } from "@drawbridge/playbook";

/** Named values with their templates and logic worked out. */
export function resolvedValues(values: { readonly [key: string]: Json } | undefined, scope: Scope): { readonly [key: string]: Json } {
  return Object.fromEntries(Object.entries(values ?? {}).map(([key, value]) => [key, resolve(value, scope)]));
}

/** A template as text; null reads as nothing. */
export function resolvedText(template: string, scope: Scope): string {
  const value = resolve(template, scope);
  return typeof value === "string" ? value : value === null ? "" : JSON.stringify(value);
}
