import type { WarRoomEntry } from "@drawbridge/protocol";
import { expect, it } from "vitest";
import { withEntries } from "./use-war-room.ts";

const entry = (id: string, at: string, text = id): WarRoomEntry => ({
  id,
  at,
  kind: "note",
  by: null,
  text,
  run: null,
  step: null,
  stepName: null,
  integration: null,
  evidence: null,
});
const pages = {
  pageParams: [undefined, "c"],
  pages: [
    { items: [entry("c", "3"), entry("d", "4")], next: "c", total: 4 },
    { items: [entry("a", "1"), entry("b", "2")], next: null, total: 4 },
  ],
};

it("puts an entry that arrives live at the end of the newest page, once", () => {
  const after = withEntries(withEntries(pages, [entry("e", "5")]), [entry("e", "5")]);
  expect(after.pages.map((page) => page.items.map(({ id }) => id))).toEqual([
    ["c", "d", "e"],
    ["a", "b"],
  ]);
  expect(after.pages[0]?.total).toBe(5);
});

it("takes a changed entry in the place of the earlier one", () => {
  const after = withEntries(pages, [entry("b", "2", "changed")]);
  expect(after.pages[1]?.items[1]?.text).toBe("changed");
  expect(after.pages[0]?.total).toBe(4);
});
