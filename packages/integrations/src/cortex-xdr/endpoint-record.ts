import * as z from "zod";

/** An endpoint as the vendor answers it, as far as it is read. */
export const vendorEndpoint = z.object({
  endpoint_id: z.string(),
  endpoint_name: z.string().nullish(),
  endpoint_type: z.string().nullish(),
  endpoint_status: z.string().nullish(),
  os_type: z.string().nullish(),
  operating_system: z.string().nullish(),
  ip: z.union([z.array(z.string()), z.string()]).nullish(),
  users: z.union([z.array(z.string()), z.string()]).nullish(),
  domain: z.string().nullish(),
  alias: z.string().nullish(),
  first_seen: z.number().nullish(),
  last_seen: z.number().nullish(),
  endpoint_version: z.string().nullish(),
  is_isolated: z.string().nullish(),
  isolated_date: z.number().nullish(),
  group_name: z.union([z.array(z.string()), z.string()]).nullish(),
});
export type VendorEndpoint = z.output<typeof vendorEndpoint>;

export const isolationStates = ["unisolated", "pending-isolation", "isolated", "pending-release"] as const;
export type IsolationState = (typeof isolationStates)[number];

export const endpointRecord = z.object({
  endpointId: z
    .string()
    .describe("Cortex XDR's id of the endpoint.")
    .meta({ examples: ["7b1f9c0e42d84a5c"] }),
  name: z
    .string()
    .describe("Host name.")
    .meta({ examples: ["JANDERSON-LT"] }),
  type: z
    .string()
    .describe("Kind of machine.")
    .meta({ examples: ["workstation"] }),
  status: z
    .string()
    .describe("Whether the agent can be reached.")
    .meta({ examples: ["connected"] }),
  connected: z.boolean().describe("Whether the agent is connected now."),
  os: z
    .string()
    .describe("Kind of operating system.")
    .meta({ examples: ["windows"] }),
  osVersion: z
    .string()
    .describe("Operating system by name.")
    .meta({ examples: ["Windows 11"] }),
  domain: z
    .string()
    .describe("Domain of the machine.")
    .meta({ examples: ["qrst.local"] }),
  ip: z
    .array(z.string())
    .describe("Addresses.")
    .meta({ examples: [["10.20.4.61"]] }),
  users: z.array(z.string()).describe("People who were signed in."),
  isolation: z.enum(isolationStates).describe("Whether it is cut off from the network, or about to be."),
  isolated: z.boolean().describe("Whether it is cut off now."),
  firstSeen: z.string().nullable().describe("When the agent first called, ISO 8601."),
  lastSeen: z.string().nullable().describe("When the agent last called, ISO 8601."),
  agentVersion: z.string().describe("Version of the agent."),
});
export type EndpointRecord = z.output<typeof endpointRecord>;

const isolationOf: Readonly<Record<string, IsolationState>> = {
  AGENT_UNISOLATED: "unisolated",
  AGENT_PENDING_ISOLATION: "pending-isolation",
  AGENT_ISOLATED: "isolated",
  AGENT_PENDING_ISOLATION_CANCELLATION: "pending-release",
};

export function endpointOf(endpoint: VendorEndpoint): EndpointRecord {
  const status = plain(endpoint.endpoint_status, /^STATUS_(\d+_)?/);
  const isolation = isolationOf[endpoint.is_isolated ?? ""] ?? "unisolated";
  return {
    endpointId: endpoint.endpoint_id,
    name: endpoint.endpoint_name ?? "",
    type: plain(endpoint.endpoint_type, "AGENT_TYPE_"),
    status,
    connected: status === "connected",
    os: plain(endpoint.os_type, "AGENT_OS_"),
    osVersion: endpoint.operating_system ?? "",
    domain: endpoint.domain ?? "",
    ip: list(endpoint.ip),
    users: list(endpoint.users),
    isolation,
    isolated: isolation === "isolated",
    firstSeen: time(endpoint.first_seen),
    lastSeen: time(endpoint.last_seen),
    agentVersion: endpoint.endpoint_version ?? "",
  };
}

const plain = (value: string | null | undefined, prefix: string | RegExp) => (value ?? "").replace(prefix, "").toLowerCase();
const list = (value: readonly string[] | string | null | undefined): string[] => (typeof value === "string" ? [value] : [...(value ?? [])]);
const time = (ms: number | null | undefined) => (typeof ms === "number" ? new Date(ms).toISOString() : null);
