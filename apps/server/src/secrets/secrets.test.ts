import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Redactor } from "./redactor.ts";
import { Sealer } from "./sealer.ts";

describe("a sealed text", () => {
  const sealer = new Sealer(randomBytes(32));

  it("opens with its key and context only", () => {
    const sealed = sealer.seal("text", "connection a");
    expect(sealed).not.toContain("text");
    expect(sealer.open(sealed, "connection a")).toBe("text");
    expect(() => sealer.open(sealed, "connection b")).toThrow();
    expect(() => new Sealer(randomBytes(32)).open(sealed, "connection a")).toThrow();
    expect(() => sealer.open(`${sealed.slice(0, -4)}AAAA`, "connection a")).toThrow();
  });

  it("is never the same twice", () => {
    expect(sealer.seal("text", "a")).not.toBe(sealer.seal("text", "a"));
  });
});

describe("the redactor", () => {
  it("takes known secrets out of texts, values and keys, until they are forgotten", () => {
    const redactor = new Redactor();
    redactor.know("a", ['pass"word', 'longer-pass"word']);
    expect(redactor.text('it is longer-pass"word and pass"word')).toBe("it is •••••• and ••••••");
    expect(redactor.json({ deep: [{ 'pass"word': 'x pass"word' }], number: 1 })).toEqual({ deep: [{ "••••••": "x ••••••" }], number: 1 });
    redactor.forget("a");
    expect(redactor.text('pass"word')).toBe('pass"word');
  });
});
