import { applyEdit, type Edit, type Playbook } from "@drawbridge/playbook";
import { arbitraryPlaybook } from "@drawbridge/playbook/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { patched, patchOf } from "./check-patch.ts";

const section = (name: string) => ({ kind: "section" as const, name, next: [] });
const playbook: Playbook = { schemaVersion: 1, id: "p", name: "P", start: ["a"], steps: { a: section("A"), b: section("B") }, layout: { a: { x: 0, y: 0 } } };
const after = (edit: Edit, before = playbook): Playbook => {
  const result = applyEdit(before, edit);
  if (!result.ok) throw new Error(result.message);
  return result.playbook;
};
const checked = ({ layout: _layout, notes: _notes, ...rest }: Playbook) => rest;

describe("what crosses to the checks", () => {
  it("is only the step that changed", () => {
    const renamed = after({ type: "rename-step", params: { id: "b", name: "Bee" } });
    const patch = patchOf(playbook, renamed);
    expect(Object.keys(patch?.steps ?? {})).toEqual(["b"]);
    expect(patch?.ids).toBeUndefined();
    expect(patch && patched(playbook, patch)).toEqual(checked(renamed));
  });

  it("is nothing when steps only move", () => {
    expect(patchOf(playbook, after({ type: "move-steps", params: { positions: { a: { x: 8, y: 8 } } } }))).toBeNull();
  });

  it("tells of steps that are gone and of other parts", () => {
    const gone = after({ type: "set-playbook-details", params: { name: "Q" } }, after({ type: "remove-step", params: { id: "b" } }));
    const patch = patchOf(playbook, gone);
    expect(patch && patched(playbook, patch)).toEqual(checked(gone));
  });

  it("makes of any document any other, steps in their order", () => {
    fc.assert(
      fc.property(arbitraryPlaybook(), arbitraryPlaybook(), (one, other) => {
        const patch = patchOf(one, other);
        const made = patch ? patched(one, patch) : one;
        expect(Object.entries(made.steps)).toEqual(Object.entries(other.steps));
        expect(checked(made)).toEqual(checked(other));
      }),
      { numRuns: 100 },
    );
  });
});
