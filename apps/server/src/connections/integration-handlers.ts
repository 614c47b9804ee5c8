import type { IntegrationCatalog } from "@drawbridge/integration-kit";
import type { AnswerOf, Handlers } from "../http/handlers.ts";
import type { ActionCalls } from "../actions/action-calls.ts";
import type { Audit } from "../audit/audit.ts";
import type { Redactor } from "../secrets/redactor.ts";
import type { Clients } from "./clients.ts";
import type { Connections } from "./connections.ts";
import { tryAction } from "./try-action.ts";

type Names = "getCatalog" | "listConnections" | "createConnection" | "updateConnection" | "deleteConnection" | "testConnection" | "tryAction";

interface Parts {
  readonly connections: Connections;
  readonly clients: Clients;
  readonly catalog: () => IntegrationCatalog;
  readonly audit: Audit;
  readonly calls: ActionCalls;
  readonly redactor: Redactor;
}

export const integrationHandlers = ({ connections, clients, catalog, audit, calls, redactor }: Parts): Pick<Handlers, Names> => ({
  getCatalog: ({ response }) => {
    response.set("cache-control", "private, max-age=60");
    const { integrations, actions } = catalog();
    return { integrations: [...integrations] as AnswerOf<"getCatalog">["integrations"], actions: [...actions.values()] };
  },
  listConnections: async () => ({ items: await connections.list() }),
  createConnection: async ({ body, viewer }) => {
    const view = await connections.create(body.id, body.integration, body);
    await audit.write(viewer.email, "connection-created", { connection: body.id });
    return view;
  },
  updateConnection: async ({ params, body, viewer }) => {
    const view = await connections.update(params.id, body);
    await audit.write(viewer.email, "connection-changed", { connection: params.id });
    return view;
  },
  deleteConnection: async ({ params, viewer }) => {
    await connections.delete(params.id);
    await audit.write(viewer.email, "connection-deleted", { connection: params.id });
    return {};
  },
  tryAction: ({ params, body, viewer }) => tryAction({ connections, calls, redactor, audit }, viewer, params.id, body),
  testConnection: async ({ params }) => {
    const result = await clients.test(params.id);
    await connections.tested(params.id, result.ok, result.message);
    return result;
  },
});
