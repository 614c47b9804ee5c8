import { createHash } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import type { TraceEvent } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";
import { deflated } from "./deflated.mjs";

/** What stands in an event for a payload that is stored apart. */
export interface PayloadReference {
  readonly $payload: { readonly hash: string; readonly bytes: number; readonly preview: string };
}

export interface StoredPayload {
  readonly hash: string;
  readonly bytes: number;
  readonly body: string;
}

/** A burst as one row; `events` are the entries as stored, references included. */
export interface Burst {
  readonly seq: number;
  readonly lastSeq: number;
  readonly at: number;
  /** The entries as JSON. */
  readonly text: string;
  /** The text as it is stored: itself, or deflated when it is long; made when it is asked for. */
  readonly body: string | Buffer;
  readonly payloads: string | null;
  readonly stored: readonly StoredPayload[];
  readonly events: readonly TraceEvent[];
}

/** Values over this many bytes are stored apart. */
export const payloadThreshold = 32 * 1024;
const previewLength = 200;
/** A burst of more entries is hardly ever short enough to be written as one. */
const mostAsOne = 1_000;

type Fields = { [key: string]: Json };

/** Packs entries that follow each other. Those of a long burst leave out `seq`, which is counted, and `at` where it is the row's. */
export function packBurst(events: readonly TraceEvent[]): Burst {
  const first = events[0];
  const last = events.at(-1);
  if (!first || !last) throw new Error("a burst has at least one entry");
  // One text for all costs half of one for each, and deflated it is hardly longer.
  const whole = events.length > mostAsOne ? null : JSON.stringify(events);
  if (whole !== null && Buffer.byteLength(whole) <= payloadThreshold) return burstOf(first, last, whole, null, [], events);
  const stored: StoredPayload[] = [];
  const places: [number, string][] = [];
  let kept: TraceEvent[] | null = null;
  const parts = events.map((event, index) => {
    const { at } = event;
    const text = textOf(event, first.at);
    if (text.length <= payloadThreshold / 4 || Buffer.byteLength(text) <= payloadThreshold) return text;
    const fields = fieldsOf(event, first.at);
    const small = referLarge(fields as unknown as Fields, index, stored, places);
    if (small === null) return text;
    kept ??= [...events];
    kept[index] = { ...small, seq: event.seq, at } as unknown as TraceEvent;
    return JSON.stringify(small);
  });
  const payloads = places.length > 0 ? JSON.stringify(places) : null;
  return burstOf(first, last, `[${parts.join(",")}]`, payloads, stored, kept ?? events);
}

function burstOf(first: TraceEvent, last: TraceEvent, text: string, payloads: string | null, stored: readonly StoredPayload[], events: readonly TraceEvent[]): Burst {
  let body: string | Buffer | undefined;
  return {
    seq: first.seq,
    lastSeq: last.seq,
    at: first.at,
    text,
    get body() {
      return (body ??= deflated(text));
    },
    payloads,
    stored,
    events,
  };
}

/** What of an entry is written in a row of this time. */
function fieldsOf(event: TraceEvent, rowAt: number): object {
  const { seq: _seq, at, ...rest } = event;
  return at === rowAt ? rest : { ...rest, at };
}

/** The same as JSON; most entries begin with what is left out, which is cheaper to cut off their text. */
function textOf(event: TraceEvent, rowAt: number): string {
  const text = JSON.stringify(event);
  const leftOut = event.at === rowAt ? `{"seq":${event.seq},"at":${rowAt},` : `{"seq":${event.seq},`;
  return text.startsWith(leftOut) ? `{${text.slice(leftOut.length)}` : JSON.stringify(fieldsOf(event, rowAt));
}

const inflated = (body: string | Buffer): string => (typeof body === "string" ? body : inflateRawSync(body).toString());

function referLarge(fields: Fields, index: number, stored: StoredPayload[], places: [number, string][]): Fields | null {
  let small: Fields | null = null;
  for (const [key, value] of Object.entries(fields)) {
    if (typeof value !== "object" && typeof value !== "string") continue;
    const body = JSON.stringify(value);
    const bytes = Buffer.byteLength(body);
    if (bytes <= payloadThreshold) continue;
    const hash = createHash("sha256").update(body).digest("base64url");
    stored.push({ hash, bytes, body });
    places.push([index, key]);
    small ??= { ...fields };
    small[key] = { $payload: { hash, bytes, preview: body.slice(0, previewLength) } };
  }
  return small;
}

/** The row's entries; with `resolve`, references are replaced by what they stand for. */
export function unpackBurst(
  row: { readonly seq: number; readonly at: number; readonly body: string | Buffer; readonly payloads: string | null },
  resolve?: (hash: string) => Json,
): TraceEvent[] {
  const parts = JSON.parse(inflated(row.body)) as Fields[];
  const events = parts.map((part, index) => ({ at: row.at, ...part, seq: row.seq + index }) as unknown as TraceEvent);
  if (row.payloads === null || !resolve) return events;
  for (const [index, key] of JSON.parse(row.payloads) as [number, string][]) {
    const fields = events[index] as unknown as Fields;
    const reference = fields[key] as unknown as PayloadReference;
    fields[key] = resolve(reference.$payload.hash);
  }
  return events;
}
