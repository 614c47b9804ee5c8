import { type Playbook, serializePlaybook, stepTemplate } from "@drawbridge/playbook";
import { arbitraryEdit, arbitraryPlaybook } from "@drawbridge/playbook/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEditorStore } from "./editor-store.ts";

const walks = 10;
const movesEach = 1_100;
/** So many steps are enough to meet every edit; more only make the walk slow. */
const mostSteps = 16;

const moves = fc.oneof(
  { weight: 6, arbitrary: arbitraryEdit().map((edit) => ({ kind: "edit" as const, edit })) },
  { weight: 2, arbitrary: fc.constant({ kind: "undo" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "redo" as const }) },
);

function freeze(playbook: Playbook): Playbook {
  const open: unknown[] = [playbook];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== "object" || value === null || Object.isFrozen(value)) continue;
    Object.freeze(value);
    open.push(...Object.values(value));
  }
  return playbook;
}

describe("a random walk of 5,000 edits", () => {
  it("comes back to the same bytes by every undo and redo", { timeout: 120_000 }, () => {
    let edited = 0;
    let travelled = 0;
    fc.assert(
      fc.property(arbitraryPlaybook({ maxSteps: 10 }), fc.array(moves, { minLength: movesEach, maxLength: movesEach, size: "max" }), (start, walk) => {
        const store = createEditorStore(freeze(start));
        const bytes = [serializePlaybook(start)];
        let at = 0;
        for (const move of walk) {
          const { playbook, apply, undo, redo } = store.getState();
          if (move.kind === "undo") {
            undo();
            if (at > 0) at -= 1;
            travelled += 1;
          } else if (move.kind === "redo") {
            redo();
            if (at < bytes.length - 1) at += 1;
            travelled += 1;
          } else {
            const wanted = move.edit(playbook);
            if (Object.keys(playbook.steps).length > mostSteps && ["add-step", "paste-steps", "insert-step-on-way"].includes(wanted.type)) continue;
            const problem = apply([wanted]);
            if (problem !== null || store.getState().playbook === playbook) continue;
            edited += 1;
            at += 1;
            bytes.splice(at, Infinity, serializePlaybook(freeze(store.getState().playbook)));
            continue;
          }
          expect(serializePlaybook(store.getState().playbook)).toBe(bytes[at]);
        }
        while (at > 0) {
          store.getState().undo();
          at -= 1;
          expect(serializePlaybook(store.getState().playbook)).toBe(bytes[at]);
        }
        while (at < bytes.length - 1) {
          store.getState().redo();
          at += 1;
          expect(serializePlaybook(store.getState().playbook)).toBe(bytes[at]);
        }
      }),
      { numRuns: walks },
    );
    expect(edited).toBeGreaterThanOrEqual(5_000);
    expect(travelled).toBeGreaterThanOrEqual(2_500);
  });

  it("forgets nothing of a change that several edits make together", () => {
    const start = freeze(fc.sample(arbitraryPlaybook({ maxSteps: 3 }), { seed: 1, numRuns: 1 })[0] as Playbook);
    const store = createEditorStore(start);
    const refused = store.getState().apply([
      { type: "add-step", params: { id: "fresh", step: JSON.parse(JSON.stringify(stepTemplate("wait"))) } },
      { type: "rename-step", params: { id: "gone", name: "Nobody" } },
    ]);
    expect(refused).toMatch(/gone/);
    expect(store.getState().playbook).toBe(start);
    expect(store.getState().past).toEqual([]);
  });
});
