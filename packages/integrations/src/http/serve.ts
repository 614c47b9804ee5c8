import { type Serve, serveHttpSimulator } from "@drawbridge/integration-kit/wire";
import type { HttpServiceClient } from "./client.ts";
import { simulateHttp } from "./simulator/simulate-http.ts";

/** Serves a simulated HTTP service on a loopback port. */
export const serve = (async (seed, { clock, port }) => {
  const simulation = simulateHttp(seed, clock);
  const served = await serveHttpSimulator(simulation.handle, port === undefined ? {} : { port });
  const authentication = simulation.token === undefined ? { authentication: "none" } : { authentication: "bearer", secret: simulation.token };
  return { settings: { baseUrl: served.url, ...authentication, timeoutSeconds: 30, maxResponseMebibytes: 16, allowPrivateNetwork: true }, simulation, close: served.close };
}) satisfies Serve<HttpServiceClient>;
