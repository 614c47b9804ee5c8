import { embeddedLogic } from "./expression/resolve.ts";
import type { Json } from "./json.ts";

const secretKey = /(?:^|[^a-z]|[a-z](?=[A-Z]))(?:pass(?:word|wd|phrase)|secret|token|api[-_]?key|private[-_]?key|client[-_]?secret|authorization|credentials?)$/i;
const secretText = /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bxox[abprs]-[0-9A-Za-z-]{10,}|\bgh[pousr]_[0-9A-Za-z]{30,}|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\./;

/** Where a value holds what looks like a secret in plain text, as paths into it; `named` when what it stands under says that it is one. */
export function* secretsIn(value: Json, at: readonly (string | number)[] = [], named = false): Generator<readonly (string | number)[]> {
  if (typeof value === "string") {
    if ((named && value.trim() !== "" && !value.includes("{{")) || secretText.test(value)) yield at;
    return;
  }
  if (typeof value !== "object" || value === null || at.length > 60 || embeddedLogic(value) !== undefined) return;
  for (const [key, part] of Array.isArray(value) ? (value as readonly Json[]).entries() : Object.entries(value as { readonly [key: string]: Json }))
    yield* secretsIn(part, [...at, key], typeof key === "number" ? named : namesSecret(key));
}

/** Whether what stands under such a key is a secret. */
export const namesSecret = (key: string): boolean => secretKey.test(key);
