import fc from "fast-check";
import { expect, it } from "vitest";
import { retryIn, saveIn } from "./save-timing.ts";

it("saves within a second of the first change, however long one types without a pause", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 399 }), { minLength: 1, maxLength: 60 }), (pauses) => {
      let now = 0;
      for (const pause of pauses) {
        const due = now + saveIn(now, 0, now);
        expect(due).toBeLessThanOrEqual(Math.max(now, 1_000));
        if (due <= now + pause) return;
        now += pause;
      }
    }),
  );
  expect(saveIn(0, 0, 0)).toBe(400);
  expect(saveIn(5_000, 0, 5_000)).toBe(0);
});

it("waits longer after each failure, and never long", () => {
  expect([1, 2, 3, 4, 5, 60].map(retryIn)).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
});
