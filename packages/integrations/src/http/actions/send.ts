import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { HttpServiceClient } from "../client.ts";
import { bodyField, exchange, requestFields, responseRecord } from "../exchange.ts";

/** The effect id goes out as `Idempotency-Key`; whether the service honours it is not known, so it is not declared repeatable. */
export const send = defineAction<HttpServiceClient>()({
  name: "send",
  title: "Send to a service",
  summary: "Sends a request that changes something to any HTTP service, with an Idempotency-Key.",
  effect: "changes",
  repeatable: false,
  input: z.object({
    method: z.enum(["POST", "PUT", "PATCH", "DELETE"]).default("POST").describe("What kind of change.").meta({ title: "Method" }),
    ...requestFields,
    body: bodyField,
  }),
  output: responseRecord,
  run: (input, context) => exchange({ ...input, idempotencyKey: context.idempotencyKey }, context),
});
