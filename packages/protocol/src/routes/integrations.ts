import { json } from "@drawbridge/playbook";
import * as z from "zod";
import { defineRoute } from "../route.ts";
import { instant, nothing } from "../shared.ts";
import { callRecord } from "./runs.ts";

/** An action's facts; `input` and `output` are JSON Schema 2020-12. */
export const actionFacts = z.object({
  name: z.string(),
  integration: z.string(),
  title: z.string(),
  summary: z.string(),
  effect: z.enum(["reads", "changes"]),
  repeatable: z.boolean(),
  input: json,
  output: json,
});

export const integrationFacts = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  tile: z.object({ text: z.string().optional(), icon: z.string().optional(), color: z.enum(["slate", "iris", "teal", "blue", "amber", "rose", "orange", "plum"]) }),
  connection: json,
});
export type IntegrationFacts = z.output<typeof integrationFacts>;

/** A configured instance of an integration; secrets are never in `settings`, `secrets` names those that are set. */
export const connectionView = z.object({
  id: z.string(),
  integration: z.string(),
  name: z.string(),
  settings: z.record(z.string(), json),
  secrets: z.array(z.string()),
  allowPrivateNetwork: z.boolean(),
  enabled: z.boolean(),
  usedBy: z.array(z.object({ id: z.string(), name: z.string() })),
  lastTest: z.object({ at: instant, ok: z.boolean(), message: z.string() }).nullable(),
});
export type ConnectionView = z.output<typeof connectionView>;

const connectionBody = z.strictObject({
  name: z.string().min(1).max(120),
  settings: z.record(z.string(), json),
  allowPrivateNetwork: z.boolean().optional(),
  enabled: z.boolean().optional(),
});
const id = z.object({ id: z.string() });

/** How a trial of an action ended, how long it took in ms, and what went over the wire. */
const trial = z.object({
  ms: z.number(),
  record: callRecord.nullable(),
  result: z.discriminatedUnion("ok", [
    z.object({ ok: z.literal(true), output: json }),
    z.object({ ok: z.literal(false), code: z.string(), message: z.string(), retryable: z.boolean() }),
  ]),
});
export type ActionTrial = z.output<typeof trial>;

export const integrationRoutes = {
  getCatalog: defineRoute({
    method: "get",
    path: "/catalog",
    summary: "Integrations and their actions",
    tag: "integrations",
    access: "viewer",
    answer: z.object({ integrations: z.array(integrationFacts), actions: z.array(actionFacts) }),
  }),
  listConnections: defineRoute({
    method: "get",
    path: "/connections",
    summary: "Configured connections",
    tag: "integrations",
    access: "viewer",
    answer: z.object({ items: z.array(connectionView) }),
  }),
  createConnection: defineRoute({
    method: "post",
    path: "/connections",
    summary: "Add a connection",
    tag: "integrations",
    access: "admin",
    body: connectionBody.extend({ id: z.string(), integration: z.string() }),
    answer: connectionView,
    status: 201,
  }),
  updateConnection: defineRoute({
    method: "put",
    path: "/connections/:id",
    summary: "Change a connection; a secret that is left out keeps its value",
    tag: "integrations",
    access: "admin",
    params: id,
    body: connectionBody,
    answer: connectionView,
  }),
  deleteConnection: defineRoute({
    method: "delete",
    path: "/connections/:id",
    summary: "Delete a connection that no live playbook uses",
    tag: "integrations",
    access: "admin",
    params: id,
    answer: nothing,
  }),
  tryAction: defineRoute({
    method: "post",
    path: "/connections/:id/trials",
    summary: "Call one action for real, outside of any run; one that changes something only when `changes` says that this is meant",
    tag: "integrations",
    access: "engineer",
    params: id,
    body: z.strictObject({ action: z.string(), input: z.record(z.string(), json), changes: z.boolean().optional() }),
    answer: trial,
  }),
  testConnection: defineRoute({
    method: "post",
    path: "/connections/:id/test",
    summary: "Try address and credentials with one harmless request",
    tag: "integrations",
    access: "engineer",
    params: id,
    answer: z.object({ ok: z.boolean(), message: z.string(), code: z.string().optional() }),
  }),
};
