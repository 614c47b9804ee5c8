import type { TraceEvent } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";

/** Reads a value that the trace only refers to. */
export type ReadPayload = (hash: string) => Promise<Json>;

const hashOf = (value: unknown): string | null => {
  if (typeof value !== "object" || value === null || !("$payload" in value)) return null;
  const kept = value.$payload;
  return typeof kept === "object" && kept !== null && "hash" in kept && typeof kept.hash === "string" ? kept.hash : null;
};

/** What of an entry a run's state is made of, so that a reference will not do: the list of a for-each, and variables. */
const structureOf = (event: TraceEvent): readonly [key: "items" | "vars", hash: string] | null => {
  if (event.type !== "items-expanded" && event.type !== "step-succeeded") return null;
  const key = event.type === "items-expanded" ? "items" : "vars";
  const hash = hashOf(event.type === "items-expanded" ? event.items : event.vars);
  return hash === null ? null : [key, hash];
};

export const isWhole = (event: TraceEvent): boolean => structureOf(event) === null;

/** The entries with their structure in place; large outputs and inputs stay references. */
export function wholeEntries(events: readonly TraceEvent[], read: ReadPayload): Promise<readonly TraceEvent[]> {
  return Promise.all(
    events.map(async (event): Promise<TraceEvent> => {
      const part = structureOf(event);
      return part ? ({ ...event, [part[0]]: await read(part[1]) } as TraceEvent) : event;
    }),
  );
}
