import { type Serve, serveHttpSimulator } from "@drawbridge/integration-kit/wire";
import type { Code42Client } from "./client.ts";
import { simulateCode42 } from "./simulator/simulate-code42.ts";

/** Serves a simulated Code42 tenant on a loopback port. */
export const serve = (async (seed, { clock, port }) => {
  const simulation = simulateCode42(seed, clock);
  const served = await serveHttpSimulator(simulation.handle, port === undefined ? {} : { port });
  return { settings: { baseUrl: served.url, ...simulation.credentials, timeoutSeconds: 30, allowPrivateNetwork: true }, simulation, close: served.close };
}) satisfies Serve<Code42Client>;
