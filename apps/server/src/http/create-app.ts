import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import compression from "compression";
import express, { type Express, type RequestHandler, type Router } from "express";
import helmet from "helmet";
import type { Log } from "../log.ts";
import { ProblemError } from "../problem-error.ts";
import { sendProblem } from "./send-problem.ts";

interface AppHost {
  readonly log: Log;
  readonly api: Router;
  readonly metrics: RequestHandler;
  readonly hooks: Router;
  readonly designer: string;
  readonly maxPlaybookBytes: number;
}

/** Paths whose body is a playbook or a scenario. */
const documentPath = /^\/api\/v1\/playbooks(?:$|\/check$|\/import$|\/import\/plan$|\/[^/]+\/(?:draft|scenarios|backtest|backtest\/[^/]+)$)/;
const smallBody = 1024 * 1024;

/** The path for the log: a hook's token is its secret. */
const pathOf = (url: string): string => (url.split("?")[0] ?? "").replace(/^(\/+hooks\/+)[^/]+/i, "$1…");

/** The Express application: headers, logs, bodies, the interface, and the designer's files. */
export function createApp(host: AppHost): Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("etag", false);
  app.set("query parser", "simple");
  app.use((request, response, next) => {
    const id = randomUUID();
    response.locals["id"] = id;
    response.set("x-request-id", id);
    const began = performance.now();
    response.on("finish", () => {
      const facts = { request: id, method: request.method, path: pathOf(request.originalUrl), status: response.statusCode, ms: Math.round(performance.now() - began) };
      if (response.statusCode >= 500) host.log.warn(facts, "answered");
      else host.log.debug(facts, "answered");
    });
    next();
  });
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          "default-src": ["'none'"],
          "script-src": ["'self'"],
          "style-src": ["'self'", "'unsafe-inline'"],
          "img-src": ["'self'", "data:", "blob:"],
          "font-src": ["'self'"],
          "connect-src": ["'self'"],
          "worker-src": ["'self'", "blob:"],
          "manifest-src": ["'self'"],
          "frame-src": ["'self'"],
          "form-action": ["'self'"],
          "base-uri": ["'none'"],
          "frame-ancestors": ["'none'"],
        },
      },
      strictTransportSecurity: false,
      crossOriginEmbedderPolicy: false,
      referrerPolicy: { policy: "same-origin" },
    }),
  );
  app.get("/metrics", host.metrics);
  app.use(compression({ threshold: 2_048 }));
  app.use("/hooks", host.hooks);
  const documents = express.json({ limit: host.maxPlaybookBytes, strict: false });
  const bodies = express.json({ limit: smallBody, strict: false });
  app.use("/api", (request, response, next) => (documentPath.test(`/api${request.path}`) ? documents : bodies)(request, response, next));
  app.get("/api/openapi.json", async (_request, response) => {
    const { openApiDocument } = await import("./openapi.ts");
    response.json(openApiDocument());
  });
  app.use("/api/v1", host.api);
  app.use("/api", (request) => {
    throw new ProblemError("not-found", `There is nothing at ${request.originalUrl.split("?")[0] ?? ""}.`);
  });
  app.use("/assets", express.static(join(host.designer, "assets"), { immutable: true, maxAge: "1y", index: false, fallthrough: true, etag: true }), (request) => {
    throw new ProblemError("not-found", `There is nothing at ${request.originalUrl.split("?")[0] ?? ""}.`);
  });
  app.use(express.static(host.designer, { index: false, maxAge: 0, etag: true }));
  app.use((request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") throw new ProblemError("method-not-allowed", `${request.method} is not possible here.`);
    if (/\.[a-z0-9]+$/i.test(request.path)) throw new ProblemError("not-found", `There is nothing at ${request.path}.`);
    const page = join(host.designer, "index.html");
    if (!existsSync(page)) throw new ProblemError("not-available", "The designer is not built; run `pnpm build`.");
    response.set("cache-control", "no-cache").sendFile(page);
  });
  app.use(sendProblem(host.log, (path) => documentPath.test(path)));
  return app;
}
