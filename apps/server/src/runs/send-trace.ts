import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { TraceEvent } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";
import type { Response } from "express";
import { type RunSecrets, tells, withoutSecrets } from "./run-secrets.ts";

interface TraceSource {
  readonly run: string;
  readonly read: (from: number, limit: number) => Promise<readonly TraceEvent[]>;
  readonly payload: (hash: string) => Promise<Json | undefined>;
  /** Asked for each page; throws when the run may not be seen any more. */
  readonly secrets: () => Promise<RunSecrets> | RunSecrets;
}

const pageSize = 200;

/** Sends the trace as JSON lines, a page at a time and no faster than the client takes it. */
export async function sendTrace(response: Response, source: TraceSource): Promise<void> {
  response.set({
    "content-type": "application/x-ndjson; charset=utf-8",
    "content-disposition": `attachment; filename="${source.run.replace(/[^\w-]/g, "_")}.jsonl"`,
    "cache-control": "no-store",
  });
  try {
    await pipeline(Readable.from(pages(source), { highWaterMark: 1 }), response);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE")) throw error;
  }
}

async function* pages({ run, read, payload, secrets }: TraceSource): AsyncGenerator<string> {
  for (let from = 0; ;) {
    const events = await read(from, pageSize);
    const last = events.at(-1);
    if (!last) return;
    const hidden = await secrets();
    let text = "";
    for (const event of events) text += `${JSON.stringify(withoutSecrets(await resolved(event, hidden, payload), run, hidden))}\n`;
    yield text;
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
