import { ActionError } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { CortexXdrClient, EndpointFilter } from "./client.ts";
import { type EndpointRecord, endpointOf } from "./endpoint-record.ts";

const pageSize = 100;

/** How endpoints are named; what is given must all hold. */
export const endpointSelector = z.object({
  endpointId: z
    .string()
    .min(1)
    .optional()
    .describe("Cortex XDR's id of the endpoint.")
    .meta({ title: "Endpoint", examples: ["7b1f9c0e42d84a5c"] }),
  hostname: z
    .string()
    .min(1)
    .optional()
    .describe("Host name.")
    .meta({ title: "Host name", examples: ["JANDERSON-LT"] }),
  ip: z
    .string()
    .min(1)
    .optional()
    .describe("An address of the endpoint.")
    .meta({ title: "IP address", examples: ["10.20.4.61"] }),
});
export type EndpointSelector = z.output<typeof endpointSelector>;

export function filtersOf({ endpointId, hostname, ip }: EndpointSelector): EndpointFilter[] {
  const filter = (field: EndpointFilter["field"], value: string | undefined): EndpointFilter[] => (value === undefined ? [] : [{ field, operator: "in", value: [value] }]);
  const filters = [...filter("endpoint_id_list", endpointId), ...filter("hostname", hostname), ...filter("ip_list", ip)];
  if (filters.length === 0) throw new ActionError("invalid-input", "Say which endpoint: by id, host name or address.");
  return filters;
}

/** The endpoints that match, the last seen first, and how many there are in all. */
export async function findEndpoints(
  client: CortexXdrClient,
  filters: readonly EndpointFilter[],
  limit: number,
  signal: AbortSignal,
): Promise<{ readonly endpoints: EndpointRecord[]; readonly total: number }> {
  const endpoints: EndpointRecord[] = [];
  for (;;) {
    const size = Math.min(limit - endpoints.length, pageSize);
    const page = await client.endpoints(filters, { from: endpoints.length, to: endpoints.length + size }, signal);
    endpoints.push(...page.endpoints.map(endpointOf));
    if (page.endpoints.length < size || endpoints.length >= limit) return { endpoints: endpoints.slice(0, limit), total: Math.max(page.total, endpoints.length) };
  }
}

/** Throws `not-found`, or `ambiguous` with the candidates in `details`. */
export async function findEndpoint(client: CortexXdrClient, selector: EndpointSelector, signal: AbortSignal): Promise<EndpointRecord> {
  const { endpoints, total } = await findEndpoints(client, filtersOf(selector), 20, signal);
  const [endpoint] = endpoints;
  const wanted = Object.values(selector).join(", ");
  if (endpoint === undefined) throw new ActionError("not-found", `Cortex XDR has no endpoint ${wanted}.`);
  if (endpoints.length === 1) return endpoint;
  const candidates = endpoints.map(({ endpointId, name, ip, status, lastSeen }) => ({ endpointId, name, ip, status, lastSeen }));
  throw new ActionError("ambiguous", `Cortex XDR has ${total} endpoints that match ${wanted}.`, { details: { candidates } });
}
