import * as z from "zod";
import type { Integration } from "./integration.ts";
import type { Json } from "./json.ts";

/** What forms, checks and completion know of an action; schemas are JSON Schema 2020-12. */
export interface ActionFacts {
  /** `<integration>.<action>` */
  readonly name: string;
  readonly integration: string;
  readonly title: string;
  readonly summary: string;
  readonly effect: "reads" | "changes";
  readonly repeatable: boolean;
  /** As it is sent: what has a default is not required. */
  readonly input: Json;
  /** As it arrives: defaults are filled in. */
  readonly output: Json;
}

/** What a settings page knows of an integration; secret fields of `connection` carry `"secret": true`. */
export interface IntegrationFacts {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly tile: Integration["tile"];
  readonly connection: Json;
}

export interface IntegrationCatalog {
  readonly integrations: readonly IntegrationFacts[];
  readonly actions: ReadonlyMap<string, ActionFacts>;
}

/** Everything about integrations that can be said in JSON. */
export function catalogOf(integrations: readonly Integration[]): IntegrationCatalog {
  const facts = integrations.map(({ id, title, summary, tile, connection }) => ({ id, title, summary, tile, connection: jsonSchema(connection, "input") }));
  const actions = integrations.flatMap((integration) =>
    integration.actions.map(({ name, title, summary, effect, repeatable, input, output }): ActionFacts => {
      return {
        name: `${integration.id}.${name}`,
        integration: integration.id,
        title,
        summary,
        effect,
        repeatable,
        input: jsonSchema(input, "input"),
        output: jsonSchema(output, "output"),
      };
    }),
  );
  return { integrations: facts, actions: new Map(actions.map((action) => [action.name, action])) };
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): Json {
  return JSON.parse(JSON.stringify(z.toJSONSchema(schema, { target: "draft-2020-12", io, unrepresentable: "any" }))) as Json;
}
