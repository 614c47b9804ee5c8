import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TimerHeap } from "./timer-heap.ts";

const change = fc.record({ id: fc.integer({ min: 0, max: 200 }), at: fc.integer({ min: 0, max: 1_000 }), clear: fc.boolean() });

describe("timers", () => {
  it("come out in order, the latest setting of each, and none that was cleared", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 600 }), fc.integer({ min: 0, max: 1_000 }), (changes, now) => {
        const heap = new TimerHeap();
        const expected = new Map<string, number>();
        for (const { id, at, clear } of changes) {
          if (clear) {
            heap.clear(`t${id}`);
            expected.delete(`t${id}`);
          } else {
            heap.set({ id: `t${id}`, run: `r${id % 7}`, at });
            expected.set(`t${id}`, at);
          }
        }
        const due = heap.takeDue(now);
        expect(due.map(({ at }) => at)).toEqual([...due.map(({ at }) => at)].sort((one, other) => one - other));
        expect(new Map(due.map(({ id, at }) => [id, at]))).toEqual(new Map([...expected].filter(([, at]) => at <= now)));
        expect(heap.size).toBe(expected.size - due.length);
        expect(heap.next()).toBe(heap.size === 0 ? null : Math.min(...[...expected.values()].filter((at) => at > now)));
      }),
    );
  });

  it("go with their run", () => {
    const heap = new TimerHeap();
    heap.set({ id: "a", run: "one", at: 1 });
    heap.set({ id: "b", run: "two", at: 2 });
    heap.clearRun("one");
    expect(heap.takeDue(9)).toEqual([{ id: "b", run: "two", at: 2 }]);
  });
});
