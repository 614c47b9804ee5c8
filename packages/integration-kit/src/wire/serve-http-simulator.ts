import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { ActionError } from "../action-error.ts";
import type { HttpSimulator } from "../integration.ts";

export interface ServedHttpSimulator {
  readonly url: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Serves a simulator on a port. An `ActionError` from it means no answer: `timed-out` leaves the request hanging, any other cuts the line. */
export async function serveHttpSimulator(simulator: HttpSimulator, options: { readonly port?: number; readonly host?: string } = {}): Promise<ServedHttpSimulator> {
  const host = options.host ?? "127.0.0.1";
  const server = createServer((incoming, outgoing) => {
    answer(simulator, incoming, outgoing).catch((thrown: unknown) => {
      if (thrown instanceof ActionError && thrown.code === "timed-out") return;
      if (thrown instanceof ActionError || outgoing.headersSent) return void outgoing.destroy();
      outgoing.writeHead(500, { "content-type": "application/json" }).end(JSON.stringify({ error: "The simulator failed." }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(simulator: HttpSimulator, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const method = incoming.method ?? "GET";
  const headers = new Headers(Object.entries(incoming.headersDistinct).flatMap(([name, values]) => (values ?? []).map((value): [string, string] => [name, value])));
  const body = await buffer(incoming);
  const url = new URL(incoming.url ?? "/", `http://${incoming.headers.host ?? "localhost"}`);
  const response = await simulator(new Request(url, { method, headers, ...(method === "GET" || method === "HEAD" ? {} : { body }) }));
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}
