import { defineIntegration } from "@drawbridge/integration-kit";
import { get } from "./actions/get.ts";
import { send } from "./actions/send.ts";
import type { HttpServiceClient } from "./client.ts";
import { httpConnection } from "./connection.ts";
import { simulateHttp } from "./simulator/simulate-http.ts";

export type { HttpServiceClient } from "./client.ts";
export type { HttpSeed } from "./simulator/http-seed.ts";
export type { HttpServiceSimulation } from "./simulator/simulate-http.ts";

export const http = defineIntegration<HttpServiceClient>()({
  id: "http",
  title: "HTTP",
  summary: "Any service that speaks HTTP and has no integration of its own yet.",
  tile: { icon: "globe", color: "slate" },
  connection: httpConnection,
  actions: [get, send],
  simulate: simulateHttp,
});
