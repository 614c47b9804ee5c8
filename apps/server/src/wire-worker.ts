import { createServer, type Server } from "node:http";
import express from "express";
import type { Closing } from "./closing.ts";
import { hangUp } from "./http/hang-up.ts";
import { serveMetrics } from "./observe/serve-metrics.ts";
import { version } from "./system-handlers.ts";
import type { RunParts } from "./wire-runs.ts";

/** A worker answers whoever looks after it, and nobody else. */
export function wireWorker({ settings, metrics, engine, state }: RunParts, closing: Closing): Server {
  const app = express();
  app.disable("x-powered-by");
  app.get("/health", (_request, response) => {
    const { storeAvailable, calls } = engine.gauges;
    const healthy = state.recovered && !state.stopping && storeAvailable;
    response.status(healthy ? 200 : 503).json({ status: healthy ? "ok" : "not-ready", role: settings.role, version, calls, uptimeSeconds: process.uptime() });
  });
  app.get("/metrics", serveMetrics(metrics, settings.metricsToken));
  app.use((_request, response) => void response.status(404).type("text/plain").send("A worker has /health and /metrics only.\n"));
  const http = createServer(app);
  closing.add(() => hangUp(http));
  return http;
}
