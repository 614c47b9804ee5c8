import type { Json } from "@drawbridge/playbook";

/** A part of a value that is kept apart because of its size. */
interface LargePart {
  readonly path: string;
  readonly hash: string;
  readonly bytes: number;
}

/** The parts of a value that the trace only refers to. */
export function payloadsIn(value: Json, path = ""): readonly LargePart[] {
  if (typeof value !== "object" || value === null) return [];
  const kept = "$payload" in value ? value.$payload : null;
  if (typeof kept === "object" && kept !== null && "hash" in kept && "bytes" in kept && typeof kept.hash === "string" && typeof kept.bytes === "number")
    return [{ path, hash: kept.hash, bytes: kept.bytes }];
  return Object.entries(value).flatMap(([key, part]) => payloadsIn(part as Json, path === "" ? key : `${path}.${key}`));
}
