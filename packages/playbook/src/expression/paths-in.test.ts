import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../json.ts";
import { formatPath, parsePath } from "./path.ts";
import { pathsIn, pathsInLogic } from "./paths-in.ts";
import { rewriteLogicPaths, rewriteValuePaths } from "./rewrite-paths.ts";

const found = (paths: ReturnType<typeof pathsIn>): string[] => paths.map(({ path, pointer }) => `${formatPath(path)} at ${pointer}`);

describe("pathsIn", () => {
  it("finds the paths of templates and $logic, by pointer", () => {
    const value: Json = {
      to: ["{{ steps.a.output.mail | default: input.mail }} and {{ vars.v }}"],
      cc: { $logic: { if: [{ var: "input.x" }, { var: ["input.y", 1] }] } },
      plain: "steps.a",
      var: "input.z",
    };
    expect(found(pathsIn(value))).toEqual([
      "steps.a.output.mail at /to/0",
      "input.mail at /to/0",
      "vars.v at /to/0",
      "input.x at /cc/$logic/if/0/var",
      "input.y at /cc/$logic/if/1/var/0",
    ]);
  });

  it("leaves out paths that read the item, but not those that read from the top", () => {
    expect(found(pathsInLogic({ filter: [{ var: "input.files" }, { and: [{ var: "owner" }, { root: "input.user" }] }] }))).toEqual([
      "input.files at /filter/0/var",
      "input.user at /filter/1/and/1/root",
    ]);
    expect(found(pathsInLogic({ reduce: [{ var: "a" }, { var: "accumulator" }, { var: "b" }] }))).toEqual(["a at /reduce/0/var", "b at /reduce/2/var"]);
  });

  it("knows missing and missing_some, and takes a literal for what it is", () => {
    expect(found(pathsInLogic({ and: [{ missing: ["a", "b.c"] }, { missing_some: [1, ["d"]] }, { literal: { var: "e" } }] }))).toEqual([
      "a at /and/0/missing/0",
      "b.c at /and/0/missing/1",
      "d at /and/1/missing_some/1/0",
    ]);
  });
});

describe("rewriting paths", () => {
  it("changes nothing and keeps the value itself when no path changes", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (any) => {
        const value = any as Json;
        expect(rewriteValuePaths(value, (text) => text)).toBe(value);
        expect(rewriteLogicPaths(value, (text) => text)).toBe(value);
      }),
    );
  });

  it("keeps the rest of a template as it was written", () => {
    expect(rewriteValuePaths("a \\{{ x }} {{  x|default:'x' }}{{ x }}", (text) => `${text}y`)).toBe("a \\{{ x }} {{  xy|default:'x' }}{{ xy }}");
    expect(rewriteValuePaths("{{ x | }}", () => "y")).toBe("{{ x | }}");
  });
});

describe("paths", () => {
  it("can be written and read again whatever their segments are", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "-", "1", '"', "\\", "]", "[", "."), maxLength: 4 }),
        fc.array(fc.string({ maxLength: 6 }), { maxLength: 4 }),
        (first, rest) => {
          const segments = [`p${first}`, ...rest];
          expect(parsePath(formatPath(segments))).toEqual(segments);
        },
      ),
    );
  });
});
