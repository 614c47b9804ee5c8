import type { Playbook, Step } from "@drawbridge/playbook";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { autoLayout } from "./auto-layout.ts";
import { sizeOf } from "./geometry.ts";

const plain = (next: string[], more: Record<string, unknown> = {}) => ({ kind: "set", name: "Set", values: {}, next, ...more }) as Step;
const playbookOf = (steps: Record<string, Step>, start = [Object.keys(steps)[0] ?? ""]): Playbook => ({ schemaVersion: 1, id: "p", name: "P", start, steps });

/** Pairs of steps whose cards lie over each other. */
function overlaps(playbook: Playbook): string[] {
  const positions = autoLayout(playbook);
  const rects = Object.entries(playbook.steps).map(([id, step]) => ({ id, ...(positions[id] ?? { x: NaN, y: NaN }), ...sizeOf(step) }));
  expect(rects.every((rect) => Number.isFinite(rect.x))).toBe(true);
  return rects.flatMap((a, index) =>
    rects.slice(index + 1).flatMap((b) => (a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height ? [`${a.id} ${b.id}`] : [])),
  );
}

/** Any acyclic playbook: each step leads only to later ones. */
const anyPlaybook = fc.integer({ min: 1, max: 40 }).chain((count) =>
  fc.array(fc.tuple(fc.constantFrom("set", "condition", "script", "end"), fc.array(fc.nat(), { maxLength: 3 })), { minLength: count, maxLength: count }).map((drawn) => {
    const later = (from: number, pick: number) => (from + 1 < count ? [`s${from + 1 + (pick % (count - from - 1))}`] : []);
    const steps = Object.fromEntries(
      drawn.map(([kind, picks], index) => {
        const targets = picks.flatMap((pick) => later(index, pick));
        if (kind === "condition")
          return [`s${index}`, { kind, name: "C", branches: [{ label: "a", when: true, next: targets.slice(0, 1) }], otherwise: { next: targets.slice(1) } }];
        if (kind === "script") return [`s${index}`, { kind, name: "S", source: "", next: targets.slice(0, 1), onError: { next: targets.slice(1) } }];
        if (kind === "end") return [`s${index}`, { kind, name: "E", outcome: "e" }];
        return [`s${index}`, plain(targets)];
      }),
    ) as Record<string, Step>;
    return playbookOf(steps);
  }),
);

describe("autoLayout", () => {
  it("lays no card over another, whatever the graph", () => {
    fc.assert(
      fc.property(anyPlaybook, (playbook) => {
        expect(overlaps(playbook)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps branches from left to right in their order", () => {
    const steps: Record<string, Step> = {
      check: { kind: "condition", name: "C", branches: ["d", "a", "c", "b"].map((label) => ({ label, when: true, next: [label] })), otherwise: { next: ["e"] } },
      a: plain(["join"]),
      b: plain(["join"]),
      c: plain(["join"]),
      d: plain(["join"]),
      e: plain(["join"]),
      join: plain([]),
    };
    const positions = autoLayout(playbookOf(steps));
    expect(["d", "a", "c", "b", "e"].map((id) => positions[id]?.x ?? 0)).toEqual(["d", "a", "c", "b", "e"].map((id) => positions[id]?.x ?? 0).sort((x, y) => x - y));
    expect(new Set(["a", "b", "c", "d", "e"].map((id) => positions[id]?.y)).size).toBe(1);
  });

  it("puts every step below all that lead to it", () => {
    fc.assert(
      fc.property(anyPlaybook, (playbook) => {
        const positions = autoLayout(playbook);
        for (const [id, step] of Object.entries(playbook.steps)) {
          const next = "next" in step ? (step.next ?? []) : [];
          for (const target of next) if (playbook.steps[target]?.kind !== "end") expect(positions[target]?.y).toBeGreaterThan(positions[id]?.y ?? 0);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("stands the only end of a way beside its step", () => {
    const positions = autoLayout(playbookOf({ one: plain(["two"]), two: plain(["done"]), done: { kind: "end", name: "Done", outcome: "done" } }));
    expect(positions["done"]?.x).toBeGreaterThan((positions["two"]?.x ?? 0) + 200);
    expect(Math.abs((positions["done"]?.y ?? 0) + 14 - ((positions["two"]?.y ?? 0) + 24))).toBeLessThanOrEqual(2);
  });

  it("moves the end beside a step along with it", () => {
    const steps: Record<string, Step> = {
      one: { kind: "script", name: "S", source: "", next: ["two"], onError: { next: ["mend"] } },
      two: plain(["three"]),
      three: plain([]),
      mend: plain(["handed"]),
      handed: { kind: "end", name: "Handed over", outcome: "handed" },
    };
    expect(overlaps(playbookOf(steps))).toEqual([]);
  });

  it("gives an error way room for its name", () => {
    const positions = autoLayout(playbookOf({ one: { kind: "script", name: "S", source: "", next: ["two"], onError: { next: ["mend"] } }, two: plain([]), mend: plain([]) }));
    expect((positions["mend"]?.x ?? 0) + 100).toBeGreaterThanOrEqual((positions["one"]?.x ?? 0) + 200 + 100);
  });

  it("lays out a thousand steps quickly enough to wait for", () => {
    const steps = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [
        `s${index}`,
        plain([index + 1, ...(index % 7 === 0 ? [index + 4] : [])].filter((next) => next < 1_000).map((next) => `s${next}`)),
      ]),
    );
    expect(Object.keys(autoLayout(playbookOf(steps)))).toHaveLength(1_000);
  });
});
