import { describe, expect, it } from "vitest";
import * as z from "zod";
import { defineAction } from "./action.ts";
import { catalogOf } from "./catalog-of.ts";
import { defineIntegration } from "./integration.ts";
import { secretFields } from "./secret-fields.ts";

const connection = z.object({
  baseUrl: z.url(),
  secret: z.string().meta({ secret: true }),
  key: z.string().optional().meta({ secret: true, title: "Key" }),
  size: z.int().default(5),
});
const integration = defineIntegration<null>()({
  id: "try",
  title: "Try",
  summary: "Tries.",
  tile: { text: "T", color: "teal" },
  connection,
  actions: [
    defineAction<null>()({
      name: "read",
      title: "Read",
      summary: "Reads.",
      effect: "reads",
      repeatable: true,
      input: z.object({
        user: z
          .string()
          .describe("Who.")
          .meta({ examples: ["ann"] }),
        limit: z.int().default(10),
      }),
      output: z.object({ found: z.boolean(), limit: z.int().default(3) }),
      run: async () => ({ found: true }),
    }),
  ],
  simulate: () => {
    throw new RangeError("not simulated");
  },
});

describe("catalogOf", () => {
  const { actions, integrations } = catalogOf([integration]);

  it("tells an action's input as it is sent and its output as it arrives", () => {
    expect(actions.get("try.read")).toMatchObject({
      name: "try.read",
      integration: "try",
      effect: "reads",
      repeatable: true,
      input: {
        $schema: "https://json-schema.org/draft/2020-12/schema",
        type: "object",
        required: ["user"],
        properties: { user: { type: "string", description: "Who.", examples: ["ann"] }, limit: { default: 10 } },
      },
      output: { required: ["found", "limit"] },
    });
  });

  it("marks secret fields of a connection", () => {
    expect(integrations[0]?.connection).toMatchObject({ properties: { secret: { secret: true }, key: { secret: true, title: "Key" } }, required: ["baseUrl", "secret"] });
    expect(secretFields(connection)).toEqual(["secret", "key"]);
  });
});
