import { defineAction } from "@drawbridge/integration-kit";
import type { CortexXdrClient } from "../client.ts";
import { endpointRecord } from "../endpoint-record.ts";
import { endpointSelector, findEndpoint } from "../find-endpoint.ts";

export const getEndpoint = defineAction<CortexXdrClient>()({
  name: "get-endpoint",
  title: "Get an endpoint",
  summary: "Looks up exactly one endpoint, its status and whether it is isolated; fails when none or several match.",
  effect: "reads",
  repeatable: true,
  input: endpointSelector,
  output: endpointRecord,
  run: (input, { client, signal }) => findEndpoint(client, input, signal),
});
