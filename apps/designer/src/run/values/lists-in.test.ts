import { partOf } from "@drawbridge/protocol";
import { expect, it } from "vitest";
import { listsIn } from "./lists-in.ts";

const listsOf = (value: object) => {
  const part = partOf(value as never, [], 0, 100);
  return listsIn(part?.type, part?.entries ?? []).map((path) => path.join("."));
};

it("finds what can be a table: a list, or lists of objects in a value and in its fields", () => {
  expect(listsOf([{ a: 1 }])).toEqual([""]);
  expect(listsOf({ items: [{ a: 1 }], names: ["x"], none: [], body: { hosts: [{ b: 1 }], other: 1 } })).toEqual(["items", "body.hosts"]);
  expect(listsOf({ large: Array.from({ length: 500 }, () => ({ text: "x".repeat(50) })) })).toEqual(["large"]);
});
