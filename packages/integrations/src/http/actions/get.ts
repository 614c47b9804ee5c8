import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { HttpServiceClient } from "../client.ts";
import { exchange, requestFields, responseRecord } from "../exchange.ts";

export const get = defineAction<HttpServiceClient>()({
  name: "get",
  title: "Get from a service",
  summary: "Reads from any HTTP service; the answer is a value when it is JSON.",
  effect: "reads",
  repeatable: true,
  input: z.object({ method: z.enum(["GET", "HEAD"]).default("GET").describe("What kind of reading.").meta({ title: "Method" }), ...requestFields }),
  output: responseRecord,
  run: (input, context) => exchange(input, context),
});
