import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Response } from "express";
import { readTrace, type TraceSource } from "./read-trace.ts";

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

async function* pages(source: TraceSource): AsyncGenerator<string> {
  for await (const events of readTrace(source)) yield events.map((event) => `${JSON.stringify(event)}\n`).join("");
}
