import type { TraceEvent } from "@drawbridge/interpreter";
import { expect, test } from "vitest";
import { isWhole, wholeEntries } from "./whole-entries.ts";

const refers = (hash: string) => ({ $payload: { hash, bytes: 40_000, preview: "[" } }) as never;
const expanded: TraceEvent = { seq: 1, at: 0, type: "items-expanded", step: "each", items: refers("a") };
const set: TraceEvent = { seq: 2, at: 0, type: "step-succeeded", step: "set", output: refers("c"), way: "next", vars: refers("b") };
const small: TraceEvent = { seq: 3, at: 0, type: "items-expanded", step: "each", items: [1, 2] };

test("a long list and long variables are read, a long output stays a reference", async () => {
  const asked: string[] = [];
  const read = (hash: string) => Promise.resolve((asked.push(hash), hash === "a" ? [1, 2, 3] : { v: 1 }));
  expect(await wholeEntries([expanded, set, small], read)).toEqual([{ ...expanded, items: [1, 2, 3] }, { ...set, vars: { v: 1 } }, small]);
  expect(asked).toEqual(["a", "b"]);
  expect([expanded, set, small].map(isWhole)).toEqual([false, false, true]);
});
