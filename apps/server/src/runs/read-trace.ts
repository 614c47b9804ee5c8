import type { TraceEvent } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";
import { type RunSecrets, tells, withoutSecrets } from "./run-secrets.ts";

export interface TraceSource {
  readonly run: string;
  readonly read: (from: number, limit: number) => Promise<readonly TraceEvent[]>;
  readonly payload: (hash: string) => Promise<Json | undefined>;
  /** Asked for each page; throws when the run may not be seen any more. */
  readonly secrets: () => Promise<RunSecrets> | RunSecrets;
}

const pageSize = 200;

/** The trace as the viewer may read it, payloads in place, a page at a time. */
export async function* readTrace({ run, read, payload, secrets }: TraceSource): AsyncGenerator<readonly TraceEvent[]> {
  for (let from = 0; ;) {
    const events = await read(from, pageSize);
    const last = events.at(-1);
    if (!last) return;
    const hidden = await secrets();
    const page: TraceEvent[] = [];
    for (const event of events) page.push(withoutSecrets(await resolved(event, hidden, payload), run, hidden));
    yield page;
    if (events.length < pageSize) return;
    from = last.seq;
  }
}

/** References that the viewer may follow give way to what they stand for. */
async function resolved(event: TraceEvent, hidden: RunSecrets, payload: TraceSource["payload"]): Promise<TraceEvent> {
  const fields: Record<string, unknown> = { ...event };
  for (const [key, field] of Object.entries(fields)) {
    const hash = hashOf(field);
    const value = hash === null ? undefined : await payload(hash);
    if (value !== undefined && !tells(value, hidden)) fields[key] = value;
  }
  return fields as unknown as TraceEvent;
}

function hashOf(field: unknown): string | null {
  if (typeof field !== "object" || field === null || !("$payload" in field)) return null;
  const reference = field.$payload;
  return typeof reference === "object" && reference !== null && "hash" in reference && typeof reference.hash === "string" ? reference.hash : null;
}
