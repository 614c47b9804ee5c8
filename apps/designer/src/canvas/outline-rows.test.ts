import type { Playbook } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";
import { outlineRows } from "./outline-rows.ts";

const playbook = (folded: boolean): Playbook => ({
  schemaVersion: 1,
  id: "p",
  name: "P",
  start: ["a"],
  steps: Object.fromEntries(["a", "b", "c", "d"].map((id, at, all) => [id, { kind: "section", name: id, next: all.slice(at + 1, at + 2) }])),
  groups: { pair: { name: "Pair", steps: ["d", "b"], ...(folded && { folded }) } },
});

describe("the rows of the outline", () => {
  it("stand in the order of the flow, a group where its first step does and its steps below it", () => {
    expect(outlineRows(playbook(false), true).map(({ id, level, number, parent }) => [id, level, number, parent])).toEqual([
      ["a", 1, 1, null],
      ["$group:pair", 1, null, null],
      ["b", 2, 2, "$group:pair"],
      ["d", 2, 4, "$group:pair"],
      ["c", 1, 3, null],
    ]);
  });

  it("leave out the steps of a folded group, and groups where they only read", () => {
    expect(outlineRows(playbook(true), true).map(({ id }) => id)).toEqual(["a", "$group:pair", "c"]);
    expect(outlineRows(playbook(true), false).map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
  });
});
