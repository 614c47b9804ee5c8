import type { Simulation } from "../integration.ts";
import type { Json } from "../json.ts";

/** A simulator behind a socket: the settings that a connection to it needs, and its state itself. */
export interface Served<Client = unknown> {
  readonly settings: { readonly [key: string]: Json };
  readonly simulation: Simulation<Client>;
  readonly close: () => Promise<void>;
}

/** How an integration's folder serves its simulator on loopback; a null seed is the sample company. */
export type Serve<Client = unknown> = (seed: Json, options: { readonly clock: () => number; readonly port?: number }) => Promise<Served<Client>>;
