import type { Json } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";
import { findIn, partOf, type ValueMatches } from "./value-parts.ts";

const found = (value: Json, words: string, pace?: number): ValueMatches => {
  const all = findIn(value, words, pace);
  for (;;) {
    const { done, value: matches } = all.next();
    if (done) return matches;
  }
};

describe("a part of a value", () => {
  const value = { "a/b": [1, { name: "x".repeat(5_000) }, "three"], none: null };

  it("is a page of entries, large ones told of but left out", () => {
    expect(partOf(value, [], 0, 10)?.entries).toEqual([
      { key: "a/b", type: "array", total: 3 },
      { key: "none", type: "null", total: 1, value: null },
    ]);
    expect(partOf(value, ["a/b"], 1, 1)).toEqual({ type: "array", total: 3, offset: 1, entries: [{ key: "1", type: "object", total: 1 }] });
    expect(partOf(value, ["a/b", "1", "name"], 4_990, 10)).toEqual({ type: "string", total: 5_000, offset: 4_990, entries: [], text: "x".repeat(10) });
    expect(partOf(value, ["a/b", "0"], 0, 10)).toMatchObject({ type: "number", entries: [{ key: "", value: 1 }] });
  });

  it("is none where nothing stands, nor where only a language's own parts do", () => {
    for (const path of [["b"], ["a/b", "3"], ["a/b", "length"], ["__proto__"], ["none", "x"]]) expect(partOf(value, path, 0, 10), path.join()).toBeNull();
  });

  it("stays bounded however many entries are asked for", () => {
    const long = Array.from({ length: 500 }, () => "y".repeat(1_900));
    expect(JSON.stringify(partOf(long, [], 0, 500)).length).toBeLessThan(300_000);
  });
});

describe("a search in a value", () => {
  it("finds names and values in their order, with the way there, whatever their case", () => {
    const value = { Host: "wks-1", list: [{ host: "WKS-2" }, 12], deep: { other: ["wks-3"] } };
    expect(found(value, "wks").matches.map(({ path }) => path.join("."))).toEqual(["Host", "list.0.host", "deep.other.0"]);
    expect(found(value, "host").matches.map(({ path }) => path.join("."))).toEqual(["Host", "list.0.host"]);
    expect(found(value, "12").matches).toEqual([{ path: ["list", "1"], entry: { key: "1", type: "number", total: 1, value: 12 } }]);
  });

  it("stops at a hundred, and pauses between", () => {
    const many = Array.from({ length: 300 }, () => "same");
    expect(found(many, "same")).toMatchObject({ complete: false });
    expect(found(many, "same").matches).toHaveLength(100);
    expect([...findIn(many, "none", 50)]).toHaveLength(6);
  });
});
