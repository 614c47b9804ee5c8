import type * as z from "zod";
import type { Action } from "./action.ts";
import type { Json } from "./json.ts";

export type TileColor = "slate" | "iris" | "teal" | "blue" | "amber" | "rose" | "orange" | "plum";

/** A vendor or subsystem; browser-safe. Its wire (sockets, Node) is apart, see `Wire`. */
export interface Integration<Client = unknown, Connection extends z.ZodType = z.ZodType> {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Two or three letters or a lucide icon name, on a coloured tile. */
  readonly tile: { readonly text?: string; readonly icon?: string; readonly color: TileColor };
  /** Host, credentials, limits. Secret fields carry `.meta({ secret: true })`. */
  readonly connection: Connection;
  readonly actions: readonly Action<Client>[];
  /** A simulator with state, in memory, for dry runs and scenarios. */
  readonly simulate: (seed: Json, clock: () => number) => Simulation<Client>;
}

/** A vendor in memory. */
export interface Simulation<Client> {
  /** A client that talks to this simulator without a socket. */
  readonly client: () => Client;
  /** What the simulator holds now, as the scenario's `expect.world` compares it. */
  readonly state: () => Json;
  /** How often each changing request came, by idempotency key or by what it changes; for crash tests. */
  readonly changes: () => readonly { readonly what: string; readonly at: number }[];
  /** Makes the next `times` requests to `operation` fail as the vendor would: e.g. rate limit, unavailable, a timeout. */
  readonly fail: (fault: Fault) => void;
}

/** A fault to play: `operation` is an action name or `*`. */
export interface Fault {
  readonly operation: string;
  readonly times: number;
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  readonly code?: string;
}

/** An HTTP vendor's simulator: answers the vendor's requests. */
export type HttpSimulator = (request: Request) => Promise<Response>;

/** An HTTP vendor in memory; `handle` and `client` share one state. */
export interface HttpSimulation<Client> extends Simulation<Client> {
  readonly handle: HttpSimulator;
}

/** Declares an integration with its client's type. */
export function defineIntegration<Client>() {
  return <Connection extends z.ZodType>(integration: Integration<Client, Connection>): Integration<Client, Connection> => integration;
}

/** How a connection reaches the real vendor: Node only. */
export interface Wire<Client = unknown, Connection = unknown> {
  readonly integration: string;
  connect(connection: Connection, host: WireHost): Client | Promise<Client>;
  /** One harmless request that proves address and credentials; throws ActionError. */
  test(client: Client, signal: AbortSignal): Promise<string>;
  close?(client: Client): Promise<void>;
}

/** What the host lends to a wire. */
export interface WireHost {
  /** Whether private, loopback and link-local addresses may be reached: a setting of the connection. */
  readonly allowPrivateNetwork: boolean;
  readonly log: (message: string, details?: Record<string, unknown>) => void;
  readonly now: () => number;
  /** Services of the server for integrations that have no vendor, e.g. `cases`. */
  readonly service: (name: string) => unknown;
}
