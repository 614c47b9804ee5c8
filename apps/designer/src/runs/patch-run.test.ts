import type { RunSummary } from "@drawbridge/protocol";
import { expect, it } from "vitest";
import { patchRun, type RunPages, withNewer } from "./patch-run.ts";

const run = (id: string, lastSeq = 1) => ({ id, lastSeq }) as RunSummary;
const pages = (...ids: string[][]): RunPages => ({
  pages: ids.map((page) => ({ items: page.map((id) => run(id)), next: null, total: 3, looked: { complete: true, since: null } })),
  pageParams: ids.map(() => undefined),
});
const idsOf = ({ pages: all }: RunPages) => all.map(({ items }) => items.map(({ id }) => id));

it("puts newer runs before the others, each once, and counts them", () => {
  const after = withNewer(pages(["c", "b"], ["a"]), [run("e"), run("d"), run("c")]);
  expect(idsOf(after)).toEqual([["e", "d", "c", "b"], ["a"]]);
  expect(after.pages[0]?.total).toBe(5);
  const before = pages(["c"]);
  expect(withNewer(before, [run("c")])).toBe(before);
});

it("takes a run as it is now, and not as it was before", () => {
  const before = pages(["b"], ["a"]);
  expect(patchRun(before, run("a", 7)).pages[1]?.items[0]?.lastSeq).toBe(7);
  expect(patchRun(patchRun(before, run("a", 7)), run("a", 3)).pages[1]?.items[0]?.lastSeq).toBe(7);
  expect(patchRun(before, run("z"))).toBe(before);
});
