import type { TraceEvent } from "@drawbridge/interpreter";
import { describe, expect, it } from "vitest";
import { RunChannel } from "./run-channel.ts";
import { RunFeed } from "./run-feed.ts";

/** Entries of two kilobytes, of which 500 make a batch. */
const trace: TraceEvent[] = Array.from({ length: 1_700 }, (_, index) => ({ seq: index + 1, at: 0, type: "signal-received", signal: `s${index}`, data: "x".repeat(2_000) }));
const small: TraceEvent[] = trace.map(({ seq }) => ({ seq, at: 0, type: "effect-sent", effect: `run/step/${seq}` }));

/** A run whose watchers' connections take packets only when they are told to. */
function watchedRun(committed = trace.length, entries = trace) {
  const sends: { readonly sockets: readonly string[]; readonly events: readonly TraceEvent[] }[] = [];
  const waits: (() => void)[] = [];
  const run = { committed, reads: 0 };
  const sockets = new Map<string, { waiting: number; drained: () => void }>();
  const channel = new RunChannel({
    read: async (after, limit) => {
      run.reads += 1;
      return entries.slice(after, Math.min(after + limit, run.committed));
    },
    send: (names, events) => {
      sends.push({ sockets: names, events });
      for (const name of names) {
        const socket = sockets.get(name);
        if (socket) socket.waiting += 9;
      }
      for (const wake of waits.splice(0)) wake();
    },
  });
  const watch = (name: string, from: number, view: (events: readonly TraceEvent[]) => readonly TraceEvent[] | null = (events) => events, viewer = "analyst") => {
    const backlog = { waiting: 0, drained: (): void => undefined, onDrained: (listener: () => void) => void (backlog.drained = listener) };
    sockets.set(name, backlog);
    return new RunFeed({
      channel,
      from,
      socket: name,
      backlog,
      viewer: () => viewer,
      view: async (events) => view(events),
      failed: (error) => {
        throw error;
      },
    });
  };
  return {
    run,
    channel,
    watch,
    sends,
    sentTo: (name: string) => sends.flatMap(({ sockets: names, events }) => (names.includes(name) ? events : [])),
    /** Resolves with the next batch. */
    next: () => new Promise<void>((resolve) => waits.push(resolve)),
    takesAll: (name: string) => {
      const socket = sockets.get(name);
      if (!socket) return;
      socket.waiting = 0;
      socket.drained();
    },
  };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("a watcher of small entries", () => {
  it("gets few at first and then as many at once as make a megabyte", async () => {
    const { watch, next, sends, sentTo, takesAll } = watchedRun(small.length, small);
    const first = next();
    const feed = watch("quick", 0);
    await first;
    const second = next();
    takesAll("quick");
    await second;
    expect(sends.map(({ events }) => events.length)).toEqual([500, 1_200]);
    expect(sentTo("quick")).toEqual(small);
    feed.stop();
  });
});

describe("a watcher that is slow to take what it is sent", () => {
  it("has nothing read for it meanwhile, and then gets everything in order", async () => {
    const { channel, watch, next, sentTo, run, takesAll } = watchedRun();
    let batch = next();
    const feed = watch("slow", 0);
    for (const expected of [500, 1_000, 1_500, 1_700]) {
      await batch;
      expect(sentTo("slow")).toHaveLength(expected);
      await turn();
      const before = run.reads;
      for (let again = 0; again < 100; again += 1) channel.wake();
      await turn();
      expect(run.reads).toBe(before);
      batch = next();
      takesAll("slow");
    }
    expect(sentTo("slow")).toEqual(trace);
    feed.stop();
  });

  it("gets nothing any more once it is stopped", async () => {
    const { channel, watch, next, sentTo, takesAll } = watchedRun();
    const batch = next();
    const feed = watch("slow", 1_690);
    await batch;
    feed.stop();
    takesAll("slow");
    channel.wake();
    await turn();
    expect(sentTo("slow").map(({ seq }) => seq)).toEqual([1_691, 1_692, 1_693, 1_694, 1_695, 1_696, 1_697, 1_698, 1_699, 1_700]);
    expect(channel.isEmpty).toBe(true);
  });
});

describe("many watchers of one run", () => {
  it("share one read and one message, however many persons they are, as long as nothing is secret", async () => {
    const { run, channel, watch, next, sends, takesAll } = watchedRun(10);
    const names = Array.from({ length: 20 }, (_, index) => `socket-${index}`);
    let batch = next();
    const feeds = names.map((name, index) => watch(name, 0, undefined, `analyst-${index % 3}`));
    await batch;
    for (const name of names) takesAll(name);
    batch = next();
    run.committed = 12;
    channel.wake();
    await batch;
    expect(sends.map(({ sockets, events }) => [sockets.length, events.length])).toEqual([
      [20, 10],
      [20, 2],
    ]);
    expect(run.reads).toBe(2);
    for (const feed of feeds) feed.stop();
  });

  it("get what they may read, asked once for each person and batch", async () => {
    const { watch, next, sentTo, sends } = watchedRun(10);
    let asked = 0;
    const batch = next();
    const hiding = (events: readonly TraceEvent[]) => {
      asked += 1;
      return events.map((event): TraceEvent => ({ seq: event.seq, at: 0, type: "effect-sent", effect: "run/hidden/0" }));
    };
    const feeds = [watch("one", 0), watch("two", 0, hiding, "tom"), watch("three", 0, hiding, "tom"), watch("four", 0, () => null, "vera")];
    await batch;
    await turn();
    expect(sends.map(({ sockets }) => sockets)).toEqual([["one"], ["two", "three"]]);
    expect(asked).toBe(1);
    expect(sentTo("two").every((event) => event.type === "effect-sent" && event.effect === "run/hidden/0")).toBe(true);
    for (const feed of feeds) feed.stop();
  });
});
