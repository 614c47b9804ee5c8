import { type Playbook, stepTemplate } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";
import { notePlace } from "./note-place.ts";

const empty: Playbook = { schemaVersion: 1, id: "p", name: "P", start: [], steps: {} };

describe("the place of a new note", () => {
  it("is the middle when nothing is there", () => {
    expect(notePlace(empty, { x: 100, y: 100 })).toEqual({ x: 24, y: 56, width: 152, height: 88 });
  });

  it("is beside a step or a note that stands in the middle", () => {
    const playbook: Playbook = {
      ...empty,
      steps: { a: stepTemplate("section") },
      layout: { a: { x: 0, y: 76 } },
      notes: { first: { text: "", x: 0, y: 140, width: 200, height: 88 } },
    };
    const { x, y, width, height } = notePlace(playbook, { x: 100, y: 100 });
    expect(x >= 200 || x + width <= 0 || y + height <= 76 || y >= 228).toBe(true);
    expect(Math.abs(x - 24)).toBeLessThan(240);
  });
});
