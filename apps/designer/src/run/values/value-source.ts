import { type Json, pointerOf } from "@drawbridge/playbook";
import { findIn, partOf, type ValueMatches, type ValuePart } from "@drawbridge/protocol";
import { call } from "../../api/call.ts";

/** A value that is read in parts: it is here, or the server has it because it is large. */
export type ValueSource = { readonly kind: "here"; readonly value: Json } | { readonly kind: "kept"; readonly run: string; readonly hash: string; readonly bytes: number };

/** Where the value is. */
export function sourceOf(run: string, value: Json): ValueSource {
  const kept = typeof value === "object" && value !== null && "$payload" in value ? value.$payload : null;
  if (typeof kept === "object" && kept !== null && "hash" in kept && "bytes" in kept && typeof kept.hash === "string" && typeof kept.bytes === "number")
    return { kind: "kept", run, hash: kept.hash, bytes: kept.bytes };
  return { kind: "here", value };
}

/** So many entries are read at once. */
export const pageEntries = 100;

export async function readPart(source: Extract<ValueSource, { kind: "kept" }>, path: readonly string[], offset: number, signal: AbortSignal): Promise<ValuePart> {
  const query = { pointer: pointerOf(path) || undefined, offset, limit: pageEntries };
  return (await call("getPayloadPart", { params: { id: source.run, hash: source.hash }, query, signal })).data;
}

/** What is here, from its beginning, at least `entries` of it. */
export const partHere = (value: Json, path: readonly string[], entries: number): ValuePart => partOf(value, path, 0, entries) ?? { type: "null", total: 0, offset: 0, entries: [] };

export async function findInSource(source: ValueSource, words: string, signal: AbortSignal): Promise<ValueMatches> {
  if (source.kind === "kept") return (await call("searchPayload", { params: { id: source.run, hash: source.hash }, query: { words }, signal })).data;
  const found = findIn(source.value, words);
  for (;;) {
    const { done, value } = found.next();
    if (done) return value;
  }
}
