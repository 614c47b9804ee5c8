import type { Playbook, Step } from "@drawbridge/playbook";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { autoLayout } from "./auto-layout.ts";
import { flowOrder } from "./flow-order.ts";
import { type Point, sizeOf } from "./geometry.ts";
import { settle } from "./settle.ts";

const plain = (next: string[]) => ({ kind: "set", name: "Set", values: {}, next }) as Step;
const playbookOf = (steps: Record<string, Step>, start = [Object.keys(steps)[0] ?? ""]): Playbook => ({ schemaVersion: 1, id: "p", name: "P", start, steps });
const none: ReadonlySet<string> = new Set();
const chain = playbookOf({ a: plain(["b"]), b: plain(["c"]), c: plain([]), far: plain([]) }, ["a", "far"]);
const chainPlaces = { a: { x: 0, y: 0 }, b: { x: 0, y: 72 }, c: { x: 0, y: 400 }, far: { x: 600, y: 72 } };

/** Any acyclic playbook, with any places. */
const anyDrawing = fc.integer({ min: 1, max: 30 }).chain((count) =>
  fc.record({
    playbook: fc
      .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: count, maxLength: count })
      .map((drawn) =>
        playbookOf(
          Object.fromEntries(
            drawn.map((picks, index) => [`s${index}`, plain([...new Set(picks.flatMap((pick) => (index + 1 < count ? [`s${index + 1 + (pick % (count - index - 1))}`] : [])))])]),
          ),
        ),
      ),
    places: fc
      .array(fc.record({ x: fc.integer({ min: 0, max: 900 }), y: fc.integer({ min: 0, max: 900 }) }), { minLength: count, maxLength: count })
      .map((all) => Object.fromEntries(all.map((at, index) => [`s${index}`, at]))),
  }),
);

function faults(playbook: Playbook, places: Readonly<Record<string, Point>>): string[] {
  const rects = Object.entries(playbook.steps).map(([id, step]) => ({ id, ...(places[id] ?? { x: NaN, y: NaN }), ...sizeOf(step) }));
  const byId = new Map(rects.map((rect) => [rect.id, rect]));
  const over = rects.flatMap((a, index) =>
    rects.slice(index + 1).flatMap((b) => (a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height ? [`${a.id} over ${b.id}`] : [])),
  );
  const upward = rects.flatMap((from) => {
    const step = playbook.steps[from.id];
    return (step && "next" in step ? (step.next ?? []) : []).flatMap((to) => ((byId.get(to)?.y ?? 0) < from.y + from.height + 12 ? [`${from.id} above ${to}`] : []));
  });
  return [...over, ...upward];
}

describe("settle", () => {
  it("leaves no card over another and none above what leads to it, whatever the drawing", () => {
    fc.assert(
      fc.property(anyDrawing, ({ playbook, places }) => {
        expect(faults(playbook, { ...places, ...settle(playbook, places, none) })).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("moves nothing of a drawing that is in order, and nothing twice", () => {
    fc.assert(
      fc.property(anyDrawing, ({ playbook, places }) => {
        expect(settle(playbook, autoLayout(playbook), none)).toEqual({});
        const once = { ...places, ...settle(playbook, places, none) };
        expect(settle(playbook, once, none)).toEqual({});
      }),
      { numRuns: 100 },
    );
  });

  it("moves nothing that comes before the first fault in the flow", () => {
    fc.assert(
      fc.property(anyDrawing, ({ playbook, places }) => {
        const moved = settle(playbook, places, none);
        const order = flowOrder(playbook);
        const first = order.findIndex((id) => Object.hasOwn(moved, id));
        const before = new Set(order.slice(0, first < 0 ? order.length : first));
        const part = playbookOf(Object.fromEntries([...before].map((id) => [id, plain([])])), [...before]);
        expect(settle(part, places, none)).toEqual({});
      }),
      { numRuns: 100 },
    );
  });

  it("keeps what is pinned, and makes room for it below only", () => {
    const covered = { ...chainPlaces, a: { x: 0, y: 40 } };
    expect(settle(chain, covered, new Set(["a"]))).toEqual({ b: { x: 0, y: 112 } });
  });

  it("moves a chain on only as far as its gaps are used up", () => {
    expect(settle(chain, { ...chainPlaces, a: { x: 0, y: 40 } }, none)["c"]).toBeUndefined();
    expect(Object.keys(settle(chain, { ...chainPlaces, a: { x: 0, y: 330 } }, none))).toEqual(["b", "c"]);
  });

  it("takes an end along that stands beside its step", () => {
    const playbook = playbookOf({ a: plain(["b"]), b: plain(["done"]), done: { kind: "end", name: "Done", outcome: "done" } });
    const places = { a: { x: 0, y: 40 }, b: { x: 0, y: 72 }, done: { x: 236, y: 82 } };
    expect(settle(playbook, places, none)).toEqual({ b: { x: 0, y: 112 }, done: { x: 236, y: 122 } });
  });
});
