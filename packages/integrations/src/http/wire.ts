import type { Wire } from "@drawbridge/integration-kit";
import { createHttpClient, type HttpClient } from "@drawbridge/integration-kit/wire";
import { HttpServiceClient } from "./client.ts";
import type { HttpConnection } from "./connection.ts";

const sockets = new WeakMap<HttpServiceClient, { readonly http: HttpClient; readonly baseUrl: string | undefined }>();

/** Any HTTP service, over the guarded client. */
export const httpWire: Wire<HttpServiceClient, HttpConnection> = {
  integration: "http",
  connect: (connection, host) => {
    const { baseUrl, timeoutSeconds, maxResponseMebibytes } = connection;
    const http = createHttpClient({
      ...(baseUrl === undefined ? {} : { baseUrl }),
      timeoutMs: timeoutSeconds * 1_000,
      maxResponseBytes: Math.floor(maxResponseMebibytes * 1024 * 1024),
      allowPrivateNetwork: host.allowPrivateNetwork,
      log: host.log,
    });
    const client = new HttpServiceClient({ transport: http.transport, connection, now: host.now });
    sockets.set(client, { http, baseUrl });
    return client;
  },
  test: async (client, signal) => {
    if (sockets.get(client)?.baseUrl === undefined) return "There is no address to try; requests name their own.";
    const { status } = await client.send({ method: "HEAD", path: "/", signal });
    return `The service answered ${status}.`;
  },
  close: async (client) => sockets.get(client)?.http.close(),
};
