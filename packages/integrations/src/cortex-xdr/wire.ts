import type { Wire } from "@drawbridge/integration-kit";
import { createHttpClient, type HttpClient } from "@drawbridge/integration-kit/wire";
import { CortexXdrClient } from "./client.ts";
import type { CortexXdrConnection } from "./connection.ts";
import { randomNonce } from "./sign-request.ts";

const sockets = new WeakMap<CortexXdrClient, HttpClient>();

/** Cortex XDR over HTTPS. */
export const cortexXdrWire: Wire<CortexXdrClient, CortexXdrConnection> = {
  integration: "cortex-xdr",
  connect: ({ baseUrl, apiKeyId, apiKey, keyType, timeoutSeconds }, host) => {
    const http = createHttpClient({ baseUrl, timeoutMs: timeoutSeconds * 1_000, allowPrivateNetwork: host.allowPrivateNetwork, log: host.log });
    const client = new CortexXdrClient({ transport: http.transport, key: { id: apiKeyId, key: apiKey, type: keyType }, now: host.now, nonce: randomNonce });
    sockets.set(client, http);
    return client;
  },
  test: async (client, signal) => `The key is good; the tenant has ${(await client.endpoints([], { from: 0, to: 1 }, signal)).total} endpoints.`,
  close: async (client) => sockets.get(client)?.close(),
};
