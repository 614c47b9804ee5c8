import type { TraceEvent } from "@drawbridge/interpreter";
import { describe, expect, it } from "vitest";
import { RunFeed } from "./run-feed.ts";

const trace: TraceEvent[] = Array.from({ length: 1_700 }, (_, index) => ({ seq: index + 1, at: 0, type: "effect-sent", effect: `run/step/${index}` }));

/** A watcher whose connection takes packets only when it is told to. */
function watcher(from = 0) {
  const sent: TraceEvent[][] = [];
  let drained: (() => void) | null = null;
  let reads = 0;
  const waits: (() => void)[] = [];
  const backlog = { waiting: 0, onDrained: (listener: () => void) => (drained = listener) };
  const feed = new RunFeed({
    run: "run",
    from,
    backlog,
    send: (events) => {
      sent.push(events);
      backlog.waiting += 9;
      for (const wake of waits.splice(0)) wake();
    },
    read: async (after, limit) => {
      reads += 1;
      return trace.slice(after, after + limit);
    },
    secrets: () => ({ steps: new Set(), marks: [] }),
    maySee: () => true,
    failed: (error) => {
      throw error;
    },
  });
  return {
    feed,
    sent,
    reads: () => reads,
    /** Resolves with the next batch. */
    next: () => new Promise<void>((resolve) => waits.push(resolve)),
    takesAll: () => {
      backlog.waiting = 0;
      drained?.();
    },
  };
}

describe("a watcher that is slow to take what it is sent", () => {
  it("has nothing read for it meanwhile, and then gets everything in order", async () => {
    const slow = watcher();
    let batch = slow.next();
    slow.feed.wake();
    for (const expected of [500, 1_000, 1_500, 1_700]) {
      await batch;
      expect(slow.sent.flat()).toHaveLength(expected);
      const before = slow.reads();
      for (let again = 0; again < 100; again += 1) slow.feed.wake();
      await new Promise((resolve) => setImmediate(resolve));
      expect(slow.reads()).toBe(before);
      batch = slow.next();
      slow.takesAll();
    }
    expect(slow.sent.flat()).toEqual(trace);
    slow.feed.stop();
  });

  it("gets nothing any more once it is stopped", async () => {
    const slow = watcher(1_690);
    const batch = slow.next();
    slow.feed.wake();
    await batch;
    slow.feed.stop();
    slow.takesAll();
    slow.feed.wake();
    await new Promise((resolve) => setImmediate(resolve));
    expect(slow.sent.flat().map(({ seq }) => seq)).toEqual([1_691, 1_692, 1_693, 1_694, 1_695, 1_696, 1_697, 1_698, 1_699, 1_700]);
  });
});
