import type { FilledEndpointsSeed } from "./endpoints-seed.ts";

export type StoredEndpoint = FilledEndpointsSeed["endpoints"][number] & { readonly firstSeen: number; lastSeen: number; pendingSince: number | null };

/** The tenant's endpoints; an agent that is connected carries out what was asked after a while, one that is not never does. */
export class EndpointFleet {
  readonly #endpoints: readonly StoredEndpoint[];
  readonly #msToCarryOut: number;
  readonly #clock: () => number;

  constructor(seed: FilledEndpointsSeed, clock: () => number) {
    this.#clock = clock;
    this.#msToCarryOut = seed.secondsToIsolate * 1_000;
    this.#endpoints = seed.endpoints.map((endpoint) => ({
      ...endpoint,
      firstSeen: clock() - 400 * 86_400_000,
      lastSeen: clock() - endpoint.lastSeenMinutesAgo * 60_000,
      pendingSince: endpoint.isolation.startsWith("AGENT_PENDING") ? clock() : null,
    }));
  }

  all(): readonly StoredEndpoint[] {
    for (const endpoint of this.#endpoints) this.#settle(endpoint);
    return this.#endpoints;
  }

  find(id: string): StoredEndpoint | undefined {
    return this.all().find((endpoint) => endpoint.id === id);
  }

  ask(endpoint: StoredEndpoint, isolation: "AGENT_PENDING_ISOLATION" | "AGENT_PENDING_ISOLATION_CANCELLATION"): void {
    endpoint.isolation = isolation;
    endpoint.pendingSince = this.#clock();
  }

  /** Turns an agent on or off; what was asked meanwhile begins when it is back. */
  connect(endpoint: StoredEndpoint, connected: boolean): void {
    endpoint.status = connected ? "CONNECTED" : "DISCONNECTED";
    if (connected) endpoint.lastSeen = this.#clock();
    if (connected && endpoint.pendingSince !== null) endpoint.pendingSince = this.#clock();
  }

  #settle(endpoint: StoredEndpoint): void {
    if (endpoint.status !== "CONNECTED" || endpoint.pendingSince === null || this.#clock() < endpoint.pendingSince + this.#msToCarryOut) return;
    endpoint.isolation = endpoint.isolation === "AGENT_PENDING_ISOLATION" ? "AGENT_ISOLATED" : "AGENT_UNISOLATED";
    endpoint.pendingSince = null;
  }
}
