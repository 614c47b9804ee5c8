import { afterAll, describe, expect, it } from "vitest";
import { ScriptThreads } from "./script-threads.ts";

const scripts = new ScriptThreads({ timeoutMs: 300, memoryBytes: 8 * 1024 * 1024 });
const idle = new AbortController().signal;
const run = (source: string, input = {}, signal = idle) => scripts.run(source, input, { signal });

afterAll(() => scripts.close());

describe("a script", () => {
  it("returns what its body returns, as JSON", async () => {
    expect(await run("return input.files.map((file) => file.size).reduce((a, b) => a + b, 0)", { files: [{ size: 2 }, { size: 3 }] })).toBe(5);
    expect(await run("const nothing = 1;")).toBe(null);
  });

  it("fails with what it threw", async () => {
    await expect(run("throw new TypeError('no owner')")).rejects.toMatchObject({ code: "script-failed", message: "TypeError: no owner" });
    await expect(run("return (")).rejects.toMatchObject({ code: "script-failed", message: expect.stringContaining("SyntaxError") });
    await expect(run("return Promise.resolve(1)")).rejects.toMatchObject({ code: "script-failed" });
  });

  it("is stopped when it takes too long, and the next one runs", async () => {
    await expect(run("for (;;) {}")).rejects.toMatchObject({ code: "script-timed-out" });
    expect(await run("return 1")).toBe(1);
  });

  it("is stopped when it takes too much memory, and the next one runs", async () => {
    const roomy = { signal: idle, timeoutMs: 20_000 };
    await expect(scripts.run("const list = []; for (;;) list.push({ length: list.length })", {}, roomy)).rejects.toMatchObject({ code: "script-out-of-memory" });
    expect(await run("return 1")).toBe(1);
  });

  it("has nothing to reach the outside with", async () => {
    expect(await run("return [typeof process, typeof require, typeof fetch, typeof setTimeout, typeof globalThis.std, typeof globalThis.os]")).toEqual(Array(6).fill("undefined"));
    await expect(run("return import('node:fs')")).rejects.toMatchObject({ code: "script-failed" });
  });

  it("is ended when it is cancelled", async () => {
    const controller = new AbortController();
    const endless = run("for (;;) {}", {}, controller.signal);
    controller.abort();
    await expect(endless).rejects.toMatchObject({ code: "cancelled" });
    expect(await run("return 2")).toBe(2);
  });
});
