import { type Json, resolve, type Scope } from "@drawbridge/playbook";

/** Named values with their templates and logic worked out. */
export function resolvedValues(values: { readonly [key: string]: Json } | undefined, scope: Scope): { readonly [key: string]: Json } {
  const resolved: { [key: string]: Json } = {};
  for (const [key, value] of Object.entries(values ?? {})) if (key !== "__proto__") resolved[key] = resolve(value, scope);
  return resolved;
}

/** A template as text; null reads as nothing. */
export function resolvedText(template: string, scope: Scope): string {
  const value = resolve(template, scope);
  return typeof value === "string" ? value : value === null ? "" : JSON.stringify(value);
}
