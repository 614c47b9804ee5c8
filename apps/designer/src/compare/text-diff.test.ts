import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ShownLanguage } from "./shown-value.ts";
import { tokensOf } from "./syntax.ts";
import { diffLines } from "./text-diff.ts";

const text = (value: string) => ({ text: value, language: "text" as const });
const written = (before: string, after: string) =>
  diffLines(text(before), text(after)).map((line) =>
    line.sign === "gap" ? `… ${line.count}` : `${line.sign}${line.tokens.map((token) => (token.marked ? `[${token.text}]` : token.text)).join("")}`,
  );

describe("diffLines", () => {
  it("marks what differs within a line", () => {
    expect(written("Isolate {{ input.host }} now", "Isolate {{ input.hostName }} now")).toEqual(["-Isolate {{ [input.host] }} now", "+Isolate {{ [input.hostName] }} now"]);
  });

  it("marks nothing in lines that have next to nothing in common", () => {
    expect(written("alpha", "quite something else")).toEqual(["-alpha", "+quite something else"]);
  });

  it("keeps the lines around a change and folds those far from it", () => {
    const lines = Array.from({ length: 20 }, (_, at) => `line ${at}`);
    expect(written(lines.join("\n"), lines.with(10, "other 10").join("\n"))).toEqual(["… 8", " line 8", " line 9", "-[line] 10", "+[other] 10", " line 11", " line 12", "… 7"]);
  });

  it("gives both texts back, whatever they are", () => {
    const lines = fc.array(fc.constantFrom("a", "b", "{{ x | y }}", "", "c d"), { minLength: 1, maxLength: 6 }).map((all) => all.join("\n"));
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const shown = diffLines(text(before), text(after));
        if (shown.some(({ sign }) => sign === "gap")) return;
        const side = (sign: "-" | "+") => shown.flatMap((line) => (line.sign === " " || line.sign === sign ? [line.tokens.map((token) => token.text).join("")] : [])).join("\n");
        expect([side("-"), side("+")]).toEqual([before, after]);
      }),
    );
  });
});

describe("tokensOf", () => {
  it("loses nothing of a text in any language", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.constantFrom<ShownLanguage>("text", "logic", "json", "script"), (value, language) => {
        expect(
          tokensOf(value, language)
            .map((token) => token.text)
            .join(""),
        ).toBe(value);
      }),
      { numRuns: 300 },
    );
  });

  it("tells paths, operators and texts of a template apart", () => {
    expect(tokensOf('Hi {{ input.name | default: "you" }}', "text").filter(({ type }) => type !== "plain")).toEqual([
      { text: "{{", type: "sign" },
      { text: "input.name", type: "path" },
      { text: "|", type: "sign" },
      { text: "default", type: "word" },
      { text: ":", type: "sign" },
      { text: '"you"', type: "text" },
      { text: "}}", type: "sign" },
    ]);
  });
});
