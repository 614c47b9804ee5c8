import { ActionError, type Wire, type WireHost } from "@drawbridge/integration-kit";
import { Attribute, Change, Client, type Entry, ResultCodeError } from "ldapts";
import type { connect, Socket } from "node:net";
import { connect as connectTls, type ConnectionOptions } from "node:tls";
import { connectionError } from "../connection-error.ts";
import { guardedConnect } from "../guarded-connect.ts";
import type { ActiveDirectoryConnection } from "./connection.ts";
import type { DirectoryClient, DirectoryEntry } from "./directory-client.ts";
import { filterText } from "./filter.ts";
import { resultError } from "./result-error.ts";

/** A directory over LDAP; one signed-in connection is kept and opened again when it is gone. */
class LdapDirectoryClient implements DirectoryClient {
  readonly #connection: ActiveDirectoryConnection;
  readonly #host: WireHost;
  readonly #sockets = new Set<Socket>();
  #opening: Promise<Client> | null = null;

  constructor(connection: ActiveDirectoryConnection, host: WireHost) {
    this.#connection = connection;
    this.#host = host;
  }

  async search(
    { base = this.#connection.baseDn, scope, filter, attributes, limit }: Parameters<DirectoryClient["search"]>[0],
    signal: AbortSignal,
  ): Promise<readonly DirectoryEntry[]> {
    const { pageSize } = this.#connection;
    const found: DirectoryEntry[] = [];
    await this.#perform(signal, async (client) => {
      found.length = 0;
      const options = { scope, filter: filterText(filter), attributes: [...attributes], paged: { pageSize: Math.min(pageSize, Math.max(limit, 1)) } };
      for await (const page of client.searchPaginated(base, options)) {
        for (const entry of page.searchEntries) found.push(fromLdap(entry));
        if (found.length >= limit) break;
      }
    });
    return found.slice(0, limit);
  }

  async modify(dn: string, changes: Parameters<DirectoryClient["modify"]>[1], signal: AbortSignal): Promise<void> {
    const wanted = changes.map(({ operation, attribute, values }) => new Change({ operation, modification: new Attribute({ type: attribute, values: [...values] }) }));
    await this.#perform(signal, (client) => client.modify(dn, wanted));
  }

  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = null;
    const client = await opening?.catch(() => null);
    if (client?.isConnected) await client.unbind();
  }

  /** Both requests may be sent again: a search reads, and these changes set a value. */
  async #perform(signal: AbortSignal, send: (client: Client) => Promise<unknown>): Promise<void> {
    const kept = this.#opening !== null;
    try {
      await this.#within(signal, async () => send(await this.#open()));
    } catch (error) {
      const failure = this.#failure(error);
      if (!(kept && failure.code === "unavailable") || error instanceof ResultCodeError || signal.aborted) throw failure;
      this.#host.log("The directory closed the connection; connecting again.");
      await this.#within(signal, async () => send(await this.#open())).catch((again: unknown) => {
        throw this.#failure(again);
      });
    }
  }

  async #open(): Promise<Client> {
    const known = await this.#opening?.catch(() => null);
    if (known?.isBound) return known;
    const opening = this.#signIn();
    this.#opening = opening;
    opening.catch(() => {
      if (this.#opening === opening) this.#opening = null;
    });
    return opening;
  }

  async #signIn(): Promise<Client> {
    const { url, startTls, caCertificate, bindDn, password, timeoutSeconds } = this.#connection;
    const { hostname } = new URL(url);
    const servername = hostname.replace(/^\[(.*)\]$/, "$1");
    const tls: ConnectionOptions = { servername, ...(caCertificate === undefined ? {} : { ca: caCertificate }) };
    const reach = (port: number, host: string) => this.#reach(port, host);
    const client = new Client({
      url,
      strictDN: false,
      connectTimeout: timeoutSeconds * 1000,
      createConnection: reach as typeof connect,
      createSecureConnection: ((first: number | ConnectionOptions, host?: string) =>
        connectTls(typeof first === "number" ? { ...tls, socket: reach(first, host ?? hostname) } : first)) as typeof connectTls,
    });
    try {
      if (startTls && !url.startsWith("ldaps:")) await client.startTLS({ ...tls });
      await client.bind(bindDn, password);
      return client;
    } catch (error) {
      await client.unbind().catch(() => undefined);
      throw error;
    }
  }

  #reach(port: number, host: string): Socket {
    const socket = guardedConnect({ host, port, allowPrivateNetwork: this.#host.allowPrivateNetwork });
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
    return socket;
  }

  async #within<Value>(signal: AbortSignal, perform: () => Promise<Value>): Promise<Value> {
    if (signal.aborted) throw cancelled();
    let timer: NodeJS.Timeout | undefined;
    let stop: (() => void) | undefined;
    const ended = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.#opening = null;
        for (const socket of this.#sockets) socket.destroy();
        reject(new ActionError("timed-out", `The directory did not answer within ${this.#connection.timeoutSeconds} s.`, { retryable: true }));
      }, this.#connection.timeoutSeconds * 1000);
      stop = () => reject(cancelled());
      signal.addEventListener("abort", stop, { once: true });
    });
    try {
      return await Promise.race([perform(), ended]);
    } finally {
      clearTimeout(timer);
      if (stop) signal.removeEventListener("abort", stop);
    }
  }

  #failure(error: unknown): ActionError {
    return error instanceof ResultCodeError ? resultError(error.code, error.message, error) : connectionError(error, this.#connection.url);
  }
}

const cancelled = () => new ActionError("cancelled", "The request was cancelled.");

function fromLdap({ dn, ...attributes }: Entry): DirectoryEntry {
  const text = (value: string | Buffer) => (typeof value === "string" ? value : value.toString("utf8"));
  return { dn, attributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, (Array.isArray(value) ? value : [value]).map(text)])) };
}

/** LDAP over a socket. */
export const activeDirectoryWire: Wire<LdapDirectoryClient, ActiveDirectoryConnection> = {
  integration: "active-directory",
  connect: (connection, host) => new LdapDirectoryClient(connection, host),
  test: async (client, signal) => {
    const [base] = await client.search({ scope: "base", filter: { kind: "present", attribute: "objectClass" }, attributes: ["distinguishedName"], limit: 1 }, signal);
    if (base === undefined) throw new ActionError("not-found", "Signed in, but the base DN does not exist or may not be read.");
    return `Signed in; ${base.dn} can be read.`;
  },
  close: (client) => client.close(),
};
