import { createHash, timingSafeEqual } from "node:crypto";
import type { Request, RequestHandler } from "express";
import type { Metrics } from "./metrics.ts";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
const loopback = /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/;

/** Answers loopback clients, and whoever has the token; for all others there is nothing here. */
export function serveMetrics(metrics: Metrics, token: string | null): RequestHandler {
  return async (request, response, next) => {
    if (!isLocal(request) && !holds(request, token)) return void response.status(404).type("text/plain").send("Not found\n");
    try {
      response.set({ "cache-control": "no-store", "content-type": metrics.registry.contentType }).end(await metrics.registry.metrics());
    } catch (error) {
      next(error);
    }
  };
}

/** What a proxy on this machine passes on comes from elsewhere. */
const isLocal = (request: Request): boolean =>
  loopback.test(request.socket.remoteAddress ?? "") && request.get("x-forwarded-for") === undefined && request.get("forwarded") === undefined;

function holds(request: Request, token: string | null): boolean {
  const sent = /^Bearer (.+)$/i.exec(request.get("authorization") ?? "")?.[1];
  return token !== null && sent !== undefined && timingSafeEqual(digest(sent), digest(token));
}
