import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "./json.ts";
import { jsonErrorAt } from "./json-error-at.ts";
import { migrate } from "./migrations/migrate.ts";
import { parsePlaybook, parsePlaybookText } from "./parse-playbook.ts";
import { playbookJsonSchema } from "./playbook-json-schema.ts";
import { serializePlaybook } from "./serialize-playbook.ts";
import { arbitraryPlaybook } from "./testing/arbitrary-playbook.ts";

const smallest = { schemaVersion: 1, id: "p", name: "P", start: ["a"], steps: { a: { kind: "end", name: "A", outcome: "done" } } };
const problemsOf = (input: unknown) => {
  const parsed = parsePlaybook(input);
  return parsed.ok ? [] : parsed.problems.map(({ code, pointer }) => [code, pointer]);
};
const shuffled = (value: Json): Json =>
  Array.isArray(value)
    ? value.map(shuffled)
    : typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, part]) => [key, shuffled(part)]),
        )
      : value;

describe("parsePlaybook", () => {
  it("takes the smallest playbook", () => {
    expect(parsePlaybook(smallest)).toEqual({ ok: true, playbook: smallest });
  });

  it.each<[string, unknown, string, string]>([
    ["a list", [], "invalid-document", ""],
    ["a newer version", { ...smallest, schemaVersion: 2 }, "unknown-schema-version", "/schemaVersion"],
    ["no version", { id: "p" }, "unknown-schema-version", "/schemaVersion"],
    ["an unknown kind", { ...smallest, steps: { a: { kind: "dance", name: "A" } } }, "unknown-step-kind", "/steps/a/kind"],
    ["an unknown field", { ...smallest, colour: "red" }, "invalid-document", "/colour"],
    ["a bad step id", { ...smallest, steps: { "A b": smallest.steps.a } }, "invalid-document", "/steps/A b"],
    ["a bad field of a step", { ...smallest, steps: { a: { ...smallest.steps.a, outcome: 1 } } }, "invalid-document", "/steps/a/outcome"],
    ["a key that could reach a prototype", JSON.parse('{"schemaVersion":1,"steps":{"a":{"with":{"__proto__":{}}}}}'), "refused-key", "/steps/a/with/__proto__"],
  ])("refuses %s", (_name, input, code, pointer) => {
    expect(problemsOf(input)).toContainEqual([code, pointer]);
  });

  it("refuses what is nested too deep without running out of stack", () => {
    let deep: Json = 1;
    for (let at = 0; at < 200_000; at += 1) deep = [deep];
    expect(problemsOf({ ...smallest, extensions: { deep } })[0]?.[0]).toBe("too-deep");
  });

  it("never throws on any JSON", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => typeof parsePlaybook(value).ok === "boolean"));
  });
});

describe("parsePlaybookText", () => {
  it("says where text stops being JSON", () => {
    expect(parsePlaybookText('{\n  "id": oops\n}')).toMatchObject({ ok: false, problems: [{ code: "not-json", line: 2, column: 9 }] });
    expect(parsePlaybookText('{\n "a"')).toMatchObject({ ok: false, problems: [{ code: "not-json", line: 2 }] });
  });

  it("finds the place in any text that is not JSON", () => {
    for (const [text, at] of [
      ["", 0],
      ["[1,]", 3],
      ["{,}", 1],
      ['{"a":1,}', 7],
      ['{"a" 1}', 5],
      ["[1 2]", 3],
      ["01", 0],
      ["nullx", 0],
      ['"\n"', 0],
      ["[1}", 2],
      ["{} {}", 3],
      ["[[", 2],
    ] as const) {
      expect(() => JSON.parse(text) as unknown, text).toThrow();
      expect([text, jsonErrorAt(text)]).toEqual([text, at]);
    }
  });

  it("takes every JSON text to its end", () => {
    fc.assert(fc.property(fc.json(), (text) => jsonErrorAt(text) === text.length));
  });

  it("refuses text over the limit in bytes, not characters", () => {
    const text = JSON.stringify({ ...smallest, name: "é".repeat(60) });
    expect(parsePlaybookText(text, { maxBytes: text.length }).ok).toBe(false);
    expect(parsePlaybookText(text, { maxBytes: text.length + 60 }).ok).toBe(true);
  });
});

describe("serializePlaybook", () => {
  it("gives the same bytes after parsing, whatever the order of the keys was", () => {
    fc.assert(
      fc.property(arbitraryPlaybook(), (playbook) => {
        const text = serializePlaybook(playbook);
        const again = parsePlaybookText(text);
        expect(again).toEqual({ ok: true, playbook });
        if (again.ok) expect(serializePlaybook(again.playbook)).toBe(text);
        const { steps, layout, ...rest } = playbook as unknown as { steps: { [id: string]: Json }; layout?: { [id: string]: Json } };
        const turned = {
          ...(layout ? { layout: shuffled(layout) } : {}),
          steps: Object.fromEntries(Object.entries(steps).map(([id, step]) => [id, turn(step)])),
          ...(shuffledTop(rest as { [key: string]: Json }) as object),
        };
        const parsed = parsePlaybook(turned);
        expect(parsed.ok && serializePlaybook(parsed.playbook)).toBe(text);
      }),
    );
  });

  it("ends with a newline and keeps positions of no step last", () => {
    const parsed = parsePlaybook({ ...smallest, layout: { gone: { x: 1, y: 1 }, a: { y: 2, x: 2 } } });
    const text = parsed.ok ? serializePlaybook(parsed.playbook) : "";
    expect(text.endsWith("}\n")).toBe(true);
    expect(text.indexOf('"gone"')).toBeGreaterThan(text.lastIndexOf('"a"'));
  });
});

/** Turns round the keys of a step but not those of the values that it holds. */
function turn(step: Json): Json {
  return Object.fromEntries(Object.entries(step as { [key: string]: Json }).reverse());
}

function shuffledTop(rest: { [key: string]: Json }): Json {
  return Object.fromEntries(Object.entries(rest).reverse());
}

describe("migrate", () => {
  const oneToTwo = new Map([[1, (document: { readonly [key: string]: Json }) => ({ ...document, renamed: true })]]);

  it("goes from version to version", () => {
    expect(migrate({ schemaVersion: 1 }, oneToTwo, 2)).toEqual({ schemaVersion: 2, renamed: true });
  });

  it("gives up where no migration leads on", () => {
    expect([migrate({ schemaVersion: 0 }, oneToTwo, 2), migrate({ schemaVersion: 3 }, oneToTwo, 2), migrate({ schemaVersion: "1" }, oneToTwo, 2)]).toEqual([null, null, null]);
  });
});

describe("playbookJsonSchema", () => {
  it("describes every step kind", () => {
    const text = JSON.stringify(playbookJsonSchema());
    for (const kind of ["action", "condition", "ask", "wait", "call", "set", "script", "section", "end"]) expect(text).toContain(`"const":"${kind}"`);
  });
});
