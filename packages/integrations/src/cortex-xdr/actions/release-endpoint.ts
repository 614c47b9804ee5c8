import { ActionError, defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { CortexXdrClient } from "../client.ts";
import { isolationStates } from "../endpoint-record.ts";
import { endpointSelector, findEndpoint } from "../find-endpoint.ts";

export const releaseEndpoint = defineAction<CortexXdrClient>()({
  name: "release-endpoint",
  title: "Release an endpoint",
  summary: "Gives an isolated endpoint its network back; leaves one alone that has it or is about to.",
  effect: "changes",
  repeatable: false,
  input: endpointSelector,
  output: z.object({
    endpointId: z.string().describe("Cortex XDR's id of the endpoint."),
    name: z
      .string()
      .describe("Host name.")
      .meta({ examples: ["JANDERSON-LT"] }),
    isolation: z.enum(isolationStates).describe("State now; ask with get-endpoint until it is unisolated."),
    alreadyRequested: z.boolean().describe("Whether it was released or about to be before; then nothing was sent."),
    actionId: z.string().nullable().describe("Cortex XDR's id of what was asked for."),
  }),
  run: async (selector, { client, signal }) => {
    const { endpointId, name, isolation } = await findEndpoint(client, selector, signal);
    if (isolation === "unisolated" || isolation === "pending-release") return { endpointId, name, isolation, alreadyRequested: true, actionId: null };
    if (isolation === "pending-isolation") throw new ActionError("conflict", `${name} is about to be isolated; try again when it is.`, { details: { endpointId, isolation } });
    const { actionId } = await client.release(endpointId, signal);
    return { endpointId, name, isolation: "pending-release" as const, alreadyRequested: false, actionId };
  },
});
