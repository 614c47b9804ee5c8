import { type Serve, serveHttpSimulator } from "@drawbridge/integration-kit/wire";
import type { CortexXdrClient } from "./client.ts";
import { simulateCortexXdr } from "./simulator/simulate-cortex-xdr.ts";

/** Serves a simulated Cortex XDR tenant on a loopback port. */
export const serve = (async (seed, { clock, port }) => {
  const simulation = simulateCortexXdr(seed, clock);
  const served = await serveHttpSimulator(simulation.handle, port === undefined ? {} : { port });
  const { id, key, type } = simulation.key;
  return { settings: { baseUrl: served.url, apiKeyId: id, apiKey: key, keyType: type, timeoutSeconds: 30, allowPrivateNetwork: true }, simulation, close: served.close };
}) satisfies Serve<CortexXdrClient>;
