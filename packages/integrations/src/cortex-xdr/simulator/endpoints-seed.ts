import * as z from "zod";

const text = z.string().min(1).max(256);

const endpoint = z.strictObject({
  id: text,
  name: text,
  ip: z.array(text).default([]),
  users: z.array(text).default([]),
  domain: z.string().default("qrst.local"),
  type: z.enum(["AGENT_TYPE_WORKSTATION", "AGENT_TYPE_SERVER"]).default("AGENT_TYPE_WORKSTATION"),
  os: z.enum(["AGENT_OS_WINDOWS", "AGENT_OS_MAC", "AGENT_OS_LINUX"]).default("AGENT_OS_WINDOWS"),
  osVersion: text.default("Windows 11"),
  status: z.enum(["CONNECTED", "DISCONNECTED", "LOST", "UNINSTALLED"]).default("CONNECTED"),
  isolation: z.enum(["AGENT_UNISOLATED", "AGENT_PENDING_ISOLATION", "AGENT_ISOLATED", "AGENT_PENDING_ISOLATION_CANCELLATION"]).default("AGENT_UNISOLATED"),
  lastSeenMinutesAgo: z.number().min(0).default(1),
});

/** What the simulated tenant holds at the start. */
export const endpointsSeed = z.strictObject({
  key: z.strictObject({ id: text, key: text, type: z.enum(["advanced", "standard"]) }).default({ id: "7", key: "sample-key-Jk3vXw9mQpT2sLzR8bYcN4hGdA6fE1uV", type: "advanced" }),
  /** How long a connected agent takes to carry out what is asked; by the clock. */
  secondsToIsolate: z.number().min(0).default(20),
  endpoints: z.array(endpoint).default([]),
});

export type EndpointsSeed = z.input<typeof endpointsSeed>;
export type FilledEndpointsSeed = z.output<typeof endpointsSeed>;
