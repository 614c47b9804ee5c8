import * as z from "zod";
import type { Json } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";
import { fieldsOf, titleOf, typeText } from "./schema-fields.ts";

const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: "input" }) as Json;
const one = (schema: z.ZodType) => fieldsOf(schemaOf(z.object({ field: schema })))[0];

describe("fieldsOf", () => {
  it("maps every kind of zod schema to a field", () => {
    const shapes: [z.ZodType, string][] = [
      [z.string(), "text"],
      [z.email(), "text"],
      [z.number(), "number"],
      [z.int().min(1).max(9), "number"],
      [z.boolean(), "boolean"],
      [z.enum(["a", "b"]), "choice"],
      [z.union([z.literal("a"), z.literal(2)]), "choice"],
      [z.array(z.enum(["a", "b"])), "choices"],
      [z.array(z.string()), "list"],
      [z.object({ a: z.string() }), "object"],
      [z.record(z.string(), z.string()), "map"],
      [z.unknown(), "any"],
      [z.union([z.string(), z.number()]), "any"],
      [z.string().nullable(), "text"],
      [z.string().optional(), "text"],
      [z.boolean().default(true), "boolean"],
    ];
    for (const [schema, kind] of shapes) expect(one(schema)?.shape.kind).toBe(kind);
  });

  it("says what is required, what is left out and what it then is", () => {
    const fields = fieldsOf(schemaOf(z.object({ b: z.string().optional(), c: z.string().default("x"), a: z.string().describe("Who did it") })));
    expect(fields.map(({ key, required, default: preset, description }) => ({ key, required, preset, description }))).toEqual([
      { key: "a", required: true, preset: undefined, description: "Who did it" },
      { key: "b", required: false, preset: undefined, description: "" },
      { key: "c", required: false, preset: "x", description: "" },
    ]);
  });

  it("follows references, recursion included, without end", () => {
    const tree: z.ZodType = z.object({ name: z.string(), children: z.array(z.lazy(() => tree)) });
    const field = one(tree);
    expect(field?.shape.kind).toBe("object");
    expect(field && typeText(field.shape)).toBe("object");
  });

  it("names lists by what they hold, and keys in words", () => {
    expect(typeText(one(z.array(z.string()))?.shape ?? { kind: "any" })).toBe("list of string");
    expect([titleOf("departureDate"), titleOf("user-id"), titleOf("IP"), titleOf("eMail")]).toEqual(["Departure date", "User id", "IP", "E mail"]);
  });

  it("marks secrets", () => {
    expect(one(z.string().meta({ secret: true }))?.secret).toBe(true);
  });
});
