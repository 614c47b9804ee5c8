import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runErrorCodes, runErrorText } from "./run-errors.ts";

const packages = join(import.meta.dirname, "../..");

/** Codes that stand in the sources of what runs a playbook, as errors of a step or a run. */
function codesInSources(): Set<string> {
  const found = new Set<string>();
  for (const name of ["engine", "interpreter", "integration-kit", "integrations"])
    for (const file of readdirSync(join(packages, name, "src"), { recursive: true, encoding: "utf8" })) {
      if (!/\.(ts|mjs)$/.test(file) || file.includes("test")) continue;
      const text = readFileSync(join(packages, name, "src", file), "utf8");
      for (const [, code = ""] of text.matchAll(/(?:code: |(?:Action|Script|Engine)Error\(\s*)"([a-z-]+)"(?:, message|, `|, "|,\s|\))/g)) found.add(code);
    }
  return found;
}

describe("the text of an error code", () => {
  it.each([...new Set(runErrorCodes)])("%s says what happened, what it means and what to do", (code) => {
    const { title, meaning, advice } = runErrorText(code);
    expect(title).toMatch(/^[A-Z].{8,60}[^.]$/);
    expect(meaning).toMatch(/^[A-Z].{20,}\.$/);
    expect(advice).toMatch(/^[A-Z].{15,}\.$/);
    expect(runErrorText(code)).not.toBe(runErrorText("no-such-code"));
  });

  it("is there for every code that the sources fail a step with", () => {
    const known = new Set<string>([...runErrorCodes, ...notOfRuns]);
    const found = codesInSources();
    expect(found.size).toBeGreaterThan(30);
    expect([...found].filter((code) => !known.has(code))).toEqual([]);
  });

  it("tells of a code that nobody knows as well", () => {
    expect(runErrorText("constructor")).toBe(runErrorText("no-such-code"));
    expect(runErrorText("no-such-code").title).not.toBe("");
  });
});

/** Problems with an answer, with a document or of the process, which no step fails with. */
const notOfRuns: readonly string[] = ["ask-not-open", "unknown-answer", "missing-field", "invalid-field", "unknown-field"];
