import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { CortexXdrClient, EndpointFilter } from "../client.ts";
import { endpointRecord } from "../endpoint-record.ts";
import { findEndpoints } from "../find-endpoint.ts";

const names = (what: string, title: string, example: string) =>
  z
    .array(z.string().min(1))
    .max(100)
    .optional()
    .describe(what)
    .meta({ title, examples: [[example]] });

export const getEndpoints = defineAction<CortexXdrClient>()({
  name: "get-endpoints",
  title: "Find endpoints",
  summary: "Finds endpoints by id, host name or address; none or several is an answer too.",
  effect: "reads",
  repeatable: true,
  input: z.object({
    endpointIds: names("Any of these ids.", "Endpoints", "7b1f9c0e42d84a5c"),
    hostnames: names("Any of these host names.", "Host names", "JANDERSON-LT"),
    ips: names("Any of these addresses.", "IP addresses", "10.20.4.61"),
    isolated: z.boolean().optional().describe("Only those that are, or are not, isolated.").meta({ title: "Isolated" }),
    limit: z.int().min(1).max(1_000).default(100).describe("At most so many.").meta({ title: "Limit" }),
  }),
  output: z.object({ endpoints: z.array(endpointRecord).describe("The endpoints, the last seen first."), count: z.number().describe("How many there are in all.") }),
  run: async ({ endpointIds, hostnames, ips, isolated, limit }, { client, signal }) => {
    const filter = (field: EndpointFilter["field"], value: readonly string[] | undefined): EndpointFilter[] =>
      value === undefined || value.length === 0 ? [] : [{ field, operator: "in", value }];
    const filters = [
      ...filter("endpoint_id_list", endpointIds),
      ...filter("hostname", hostnames),
      ...filter("ip_list", ips),
      ...filter("isolate", isolated === undefined ? undefined : [isolated ? "isolated" : "unisolated"]),
    ];
    const { endpoints, total } = await findEndpoints(client, filters, limit, signal);
    return { endpoints, count: total };
  },
});
