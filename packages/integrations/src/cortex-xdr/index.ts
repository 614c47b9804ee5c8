import { defineIntegration } from "@drawbridge/integration-kit";
import { getEndpoint } from "./actions/get-endpoint.ts";
import { getEndpoints } from "./actions/get-endpoints.ts";
import { isolateEndpoint } from "./actions/isolate-endpoint.ts";
import { releaseEndpoint } from "./actions/release-endpoint.ts";
import type { CortexXdrClient } from "./client.ts";
import { cortexXdrConnection } from "./connection.ts";
import { simulateCortexXdr } from "./simulator/simulate-cortex-xdr.ts";

export type { CortexXdrClient } from "./client.ts";
export type { EndpointsSeed } from "./simulator/endpoints-seed.ts";
export type { CortexXdrSimulation } from "./simulator/simulate-cortex-xdr.ts";

export const cortexXdr = defineIntegration<CortexXdrClient>()({
  id: "cortex-xdr",
  title: "Cortex XDR",
  summary: "Where a computer is, whether it is connected, and cutting it off from the network.",
  tile: { text: "XDR", color: "orange" },
  connection: cortexXdrConnection,
  actions: [getEndpoint, getEndpoints, isolateEndpoint, releaseEndpoint],
  simulate: simulateCortexXdr,
});
