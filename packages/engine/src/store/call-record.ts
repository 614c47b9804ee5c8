import { inflateRawSync } from "node:zlib";
import type { Json } from "@drawbridge/playbook";
import type { RunRow } from "./tables.ts";

/** What an attempt tells of itself, as JSON. */
export interface CallRecord {
  readonly effect: string;
  readonly text: string;
}

/** Longer ones are not kept; who makes them bounds them. */
const mostChars = 128 * 1024;
const byPerson: ReadonlySet<string> = new Set(["manual", "case", "war-room"]);
/** One run in 32, told by the last of its id, so that every process chooses the same. */
const sampled = "0";

/** Whether what its calls tell of themselves is kept however they end: of runs that a person started, and of a few others. */
export const keepsRecords = ({ id, trigger_kind }: Pick<RunRow, "id" | "trigger_kind">): boolean => byPerson.has(trigger_kind) || id.endsWith(sampled);

/** The record to keep with an attempt's result; undefined when there is none or it is too long. */
export function callRecord(effect: string, given: Json | undefined): CallRecord | undefined {
  const text = given === undefined ? "" : JSON.stringify(given);
  return text === "" || text.length > mostChars ? undefined : { effect, text };
}

export const readCallRecord = (body: string | Buffer): Json => JSON.parse(typeof body === "string" ? body : inflateRawSync(body).toString()) as Json;
