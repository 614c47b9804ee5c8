import { createFaultBook, faultResponse, type HttpSimulation, type Json, simulatorTransport } from "@drawbridge/integration-kit";
import { CortexXdrClient } from "../client.ts";
import { type CortexXdrKey, nonceLength } from "../sign-request.ts";
import { EndpointFleet } from "./endpoint-fleet.ts";
import { endpointsSeed } from "./endpoints-seed.ts";
import { answerEndpoints, answerIsolation } from "./routes.ts";
import { sampleEndpoints } from "./sample-endpoints.ts";
import { signatureCheck } from "./signature-check.ts";
import { fail, failureBody } from "./vendor-failure.ts";

/** A simulated tenant; the same over a socket and in memory. */
export interface CortexXdrSimulation extends HttpSimulation<CortexXdrClient> {
  readonly key: CortexXdrKey;
  /** Turns an agent on or off, by host name. */
  readonly setConnected: (hostname: string, connected: boolean) => void;
}

const operationsOf: Readonly<Record<string, readonly string[]>> = {
  "endpoints/get_endpoint": ["get-endpoint", "get-endpoints"],
  "endpoints/isolate": ["isolate-endpoint"],
  "endpoints/unisolate": ["release-endpoint"],
};

/** Starts a tenant. A seed's top-level keys take the place of the sample's; null is the sample, QRST Inc. */
export function simulateCortexXdr(seed: Json, clock: () => number): CortexXdrSimulation {
  const filled = endpointsSeed.parse({ ...sampleEndpoints, ...(seed as object | null) });
  const fleet = new EndpointFleet(filled, clock);
  const check = signatureCheck(filled, clock);
  const faults = createFaultBook();
  const changes: { what: string; at: number }[] = [];
  const record = (what: string) => void changes.push({ what, at: clock() });
  let nonces = 0;

  const handle = async (request: Request): Promise<Response> => {
    const operation = /^\/public_api\/v1\/(.+?)\/?$/.exec(new URL(request.url).pathname)?.[1] ?? "";
    const fault = faults.take(operationsOf[operation] ?? []);
    if (fault !== null) return faultResponse(fault, (status) => failureBody(status, "Simulated fault."));
    const refusal = await check(request.headers);
    if (refusal !== null) return fail(401, refusal);
    if (request.method !== "POST") return fail(405, "Only POST is served.");
    if (operation === "endpoints/get_endpoint") return answerEndpoints(fleet, request);
    if (operation === "endpoints/isolate") return answerIsolation(fleet, request, "isolate", record);
    if (operation === "endpoints/unisolate") return answerIsolation(fleet, request, "release", record);
    return fail(404, "There is no such operation.");
  };

  return {
    handle,
    key: filled.key,
    client: () =>
      new CortexXdrClient({
        transport: simulatorTransport(handle),
        key: filled.key,
        now: clock,
        nonce: () => {
          nonces += 1;
          return `simulated${String(nonces).padStart(nonceLength - 9, "0")}`;
        },
      }),
    state: () => ({ endpoints: fleet.all().map(({ id, name, status, isolation }) => ({ id, name, status, isolation, isolated: isolation === "AGENT_ISOLATED" })) }),
    changes: () => [...changes],
    fail: faults.add,
    setConnected: (hostname, connected) => {
      const endpoint = fleet.all().find(({ name }) => name === hostname);
      if (endpoint === undefined) throw new RangeError(`The tenant has no endpoint ${hostname}.`);
      fleet.connect(endpoint, connected);
    },
  };
}
