import type { Wire } from "@drawbridge/integration-kit";
import { createHttpClient, type HttpClient } from "@drawbridge/integration-kit/wire";
import { Code42Client } from "./client.ts";
import type { Code42Connection } from "./connection.ts";

const sockets = new WeakMap<Code42Client, HttpClient>();

/** Code42 over HTTPS. */
export const code42Wire: Wire<Code42Client, Code42Connection> = {
  integration: "code42",
  connect: ({ baseUrl, clientId, secret, timeoutSeconds }, host) => {
    const http = createHttpClient({ baseUrl, timeoutMs: timeoutSeconds * 1_000, allowPrivateNetwork: host.allowPrivateNetwork, log: host.log });
    const client = new Code42Client({ transport: http.transport, clientId, secret, now: host.now });
    sockets.set(client, http);
    return client;
  },
  test: async (client) => `Signed in to tenant ${await client.tenantId()}.`,
  close: async (client) => sockets.get(client)?.close(),
};
