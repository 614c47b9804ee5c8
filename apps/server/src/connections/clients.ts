import { ActionError, type Wire, type WireHost } from "@drawbridge/integration-kit";
import type { Log } from "../log.ts";
import type { Connections, OpenConnection } from "./connections.ts";

interface Kept {
  readonly wire: Wire;
  readonly client: Promise<unknown>;
}

/** A client per connection, kept until the connection changes. */
export class Clients {
  readonly #connections: Connections;
  readonly #log: Log;
  readonly #service: (name: string) => unknown;
  readonly #kept = new Map<string, Kept>();
  #changes = 0;

  constructor(connections: Connections, service: (name: string) => unknown, log: Log) {
    this.#connections = connections;
    this.#service = service;
    this.#log = log;
    connections.onChange((id) => {
      this.#changes += 1;
      void this.#drop(id);
    });
  }

  /** The client for an integration's actions; throws an ActionError when nothing is set up. */
  async forAction(integration: string, connection: string | undefined): Promise<unknown> {
    const { wires } = await import("@drawbridge/integrations/wire");
    if (integration === "cases") return this.#keep({ id: "cases", integration, settings: {}, allowPrivateNetwork: false }, wires[integration]);
    const found = await this.#find(integration, connection);
    if (found) return this.#keep(found, wires[integration]);
    throw connection === undefined
      ? new ActionError("not-configured", `There is no connection for ${integration} yet; add one under Integrations.`)
      : new ActionError("unknown-connection", `There is no connection ${connection} for ${integration}, or it is off.`);
  }

  /** One harmless request; the answer is for people. */
  async test(id: string): Promise<{ ok: boolean; message: string; code?: string }> {
    const connection = await this.#connections.open(id);
    const { wires } = await import("@drawbridge/integrations/wire");
    const wire = wires[connection.integration];
    if (!wire) return { ok: false, message: "This integration has no wire.", code: "not-configured" };
    let client: unknown;
    try {
      client = await wire.connect(connection.settings, this.#host(connection));
      return { ok: true, message: await wire.test(client, AbortSignal.timeout(15_000)) };
    } catch (error) {
      if (error instanceof ActionError) return { ok: false, message: error.message, code: error.code };
      this.#log.warn({ err: error, connection: id }, "a connection test failed unexpectedly");
      return { ok: false, message: "The test failed in an unexpected way; the server's log says why.", code: "unexpected" };
    } finally {
      if (client !== undefined) await wire.close?.(client).catch(() => undefined);
    }
  }

  /** Drops every client; each is made anew when it is needed. */
  async close(): Promise<void> {
    await Promise.all([...this.#kept.keys()].map((id) => this.#drop(id)));
  }

  /** Looks again when something changed meanwhile: no client is kept for what a connection was before. */
  async #find(integration: string, id: string | undefined): Promise<OpenConnection | null> {
    for (;;) {
      const before = this.#changes;
      const found = await this.#connections.find(integration, id);
      if (before === this.#changes) return found;
    }
  }

  #keep(connection: OpenConnection, wire: Wire | undefined): Promise<unknown> {
    const known = this.#kept.get(connection.id);
    if (known) return known.client;
    if (!wire) throw new ActionError("not-configured", `There is no wire for ${connection.integration}.`);
    const client = Promise.resolve(wire.connect(connection.settings, this.#host(connection)));
    this.#kept.set(connection.id, { wire, client });
    client.catch(() => this.#kept.delete(connection.id));
    return client;
  }

  #host({ id, allowPrivateNetwork }: OpenConnection): WireHost {
    return { allowPrivateNetwork, log: (message, details) => this.#log.debug({ connection: id, ...details }, message), now: Date.now, service: this.#service };
  }

  async #drop(id: string): Promise<void> {
    const kept = this.#kept.get(id);
    this.#kept.delete(id);
    try {
      if (kept) await kept.wire.close?.(await kept.client);
    } catch (error) {
      this.#log.debug({ err: error, connection: id }, "a client did not close cleanly");
    }
  }
}
