import * as z from "zod";
import { askView } from "./routes/asks.ts";
import { caseSummary, warRoomEntry } from "./routes/cases.ts";
import { runSummary, traceEvent } from "./routes/runs.ts";
import { instant } from "./shared.ts";

/** Someone, as others see them. */
const someone = z.object({ email: z.string(), name: z.string() });

/** What a client can watch. `run` sends every trace entry after `from`, then each as it happens; whoever watches a `playbook` has it open, and the others are told so. */
export const watchRequest = z.discriminatedUnion("topic", [
  z.strictObject({ topic: z.literal("run"), id: z.string().max(100), from: z.int().min(0) }),
  z.strictObject({ topic: z.literal("case"), id: z.string().max(100) }),
  z.strictObject({ topic: z.literal("playbook"), id: z.string().max(100) }),
  z.strictObject({ topic: z.literal("cases") }),
  z.strictObject({ topic: z.literal("runs") }),
  z.strictObject({ topic: z.literal("asks") }),
]);
export type WatchRequest = z.output<typeof watchRequest>;

/** The acknowledgement of `watch` and `unwatch`. */
export const watchAnswer = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), lastSeq: z.int().optional() }),
  z.object({ ok: z.literal(false), code: z.string(), detail: z.string() }),
]);
export type WatchAnswer = z.output<typeof watchAnswer>;

/** Every message from the server. `run-events` comes at most every 50 ms for a run; entries are in order, and a gap in `seq` means: watch again from the last one. */
export const liveMessages = {
  "run-events": z.object({ run: z.string(), events: z.array(traceEvent) }),
  "run-changed": z.object({ run: runSummary }),
  /** Something of the case changed: read it again. */
  "case-changed": z.object({ id: z.string(), summary: caseSummary }),
  "case-entries": z.object({ id: z.string(), entries: z.array(warRoomEntry) }),
  "case-gone": z.object({ id: z.string() }),
  "ask-changed": z.object({ ask: askView }),
  /** Who has the playbook open, each person once; sent after `watch`, then whenever it changes. */
  "playbook-people": z.object({ id: z.string(), people: z.array(someone) }),
  "version-published": z.object({ id: z.string(), version: z.int(), at: instant, by: someone, note: z.string(), rolledBackTo: z.int().nullable() }),
  /** The draft that the viewer edits was saved, here or elsewhere; it has this `etag` now. */
  "draft-saved": z.object({ id: z.string(), etag: z.string() }),
};

export type LiveMessages = { [Name in keyof typeof liveMessages]: z.output<(typeof liveMessages)[Name]> };

/** socket.io's typed events. */
export type ServerToClient = { [Name in keyof LiveMessages]: (message: LiveMessages[Name]) => void };
export interface ClientToServer {
  watch: (request: WatchRequest, answer: (answer: WatchAnswer) => void) => void;
  unwatch: (request: WatchRequest, answer: (answer: WatchAnswer) => void) => void;
}
