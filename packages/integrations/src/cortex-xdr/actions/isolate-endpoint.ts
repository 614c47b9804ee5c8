import { ActionError, defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { CortexXdrClient } from "../client.ts";
import { isolationStates } from "../endpoint-record.ts";
import { endpointSelector, findEndpoint } from "../find-endpoint.ts";

/** It looks before it acts, but a crash between sending and answer leaves open which it was: so it is not declared repeatable, and the step is in doubt. */
export const isolateEndpoint = defineAction<CortexXdrClient>()({
  name: "isolate-endpoint",
  title: "Isolate an endpoint",
  summary: "Cuts an endpoint off from the network; leaves one alone that is isolated or about to be.",
  effect: "changes",
  repeatable: false,
  input: endpointSelector.extend({
    allowPending: z.boolean().default(false).describe("Ask for it although the agent is not connected: it is isolated when it calls next.").meta({ title: "Also when offline" }),
  }),
  output: z.object({
    endpointId: z.string().describe("Cortex XDR's id of the endpoint."),
    name: z
      .string()
      .describe("Host name.")
      .meta({ examples: ["JANDERSON-LT"] }),
    isolation: z.enum(isolationStates).describe("State now; ask with get-endpoint until it is isolated."),
    alreadyRequested: z.boolean().describe("Whether it was isolated or about to be before; then nothing was sent."),
    actionId: z.string().nullable().describe("Cortex XDR's id of what was asked for."),
  }),
  run: async ({ allowPending, ...selector }, { client, signal }) => {
    const { endpointId, name, isolation, connected, status } = await findEndpoint(client, selector, signal);
    if (isolation === "isolated" || isolation === "pending-isolation") return { endpointId, name, isolation, alreadyRequested: true, actionId: null };
    if (isolation === "pending-release") throw new ActionError("conflict", `${name} is about to be released; try again when it is.`, { details: { endpointId, isolation } });
    if (!connected && !allowPending) throw new ActionError("unavailable", `${name} is ${status}, so it cannot be isolated now.`, { details: { endpointId, status } });
    const { actionId } = await client.isolate(endpointId, signal);
    return { endpointId, name, isolation: "pending-isolation" as const, alreadyRequested: false, actionId };
  },
});
