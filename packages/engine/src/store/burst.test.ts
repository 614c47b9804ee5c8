import type { TraceEvent } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packBurst, unpackBurst } from "./burst.ts";

const events = (values: readonly unknown[], at: (index: number) => number = () => 1_000): TraceEvent[] =>
  values.map((output, index) => ({
    seq: 7 + index,
    at: at(index),
    type: "effect-succeeded",
    effect: `run/step/${index}`,
    output: JSON.parse(JSON.stringify(output ?? null)) as Json,
  }));

describe("a burst", () => {
  it("comes back as it was, whatever is in it", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 20 }), (values) => {
        const before = events(values, (index) => 1_000 + (index % 3));
        expect(unpackBurst(packBurst(before))).toEqual(before);
      }),
    );
  });

  it("keeps a large value apart, once, and puts it back in its place", () => {
    const large = { text: "é".repeat(40_000) };
    const before = events([1, large, large, { $payload: { hash: "not one", bytes: 1, preview: "" } }]);
    const burst = packBurst(before);
    expect(new Set(burst.stored.map(({ hash }) => hash)).size).toBe(1);
    expect(burst.events[1]).toMatchObject({ seq: 8, output: { $payload: { bytes: 80_011 } } });
    expect(unpackBurst(burst)).toEqual(burst.events);
    const kept = new Map(burst.stored.map(({ hash, body }) => [hash, JSON.parse(body) as Json]));
    expect(unpackBurst(burst, (hash) => kept.get(hash) ?? null)).toEqual(before);
  });

  it("is small when it repeats itself", () => {
    const { body } = packBurst(events(Array.from({ length: 50 }, (_, index) => ({ value: index, because: "the same words in every entry" }))));
    expect(body.length).toBeLessThan(1_000);
  });
});
