import { randomBytes, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import express from "express";
import type { Story, World } from "./world.ts";

export interface WorldDoor {
  readonly url: string;
  readonly token: string;
  readonly close: () => Promise<void>;
}

/** Serves a sample world on a loopback port to other processes of this machine that have the token. */
export async function openWorldDoor(world: World): Promise<WorldDoor> {
  const token = randomBytes(24).toString("base64url");
  const expected = Buffer.from(`Bearer ${token}`);
  const app = express();
  app.disable("x-powered-by");
  app.use((request, response, next) => {
    const sent = Buffer.from(request.get("authorization") ?? "");
    if (sent.length === expected.length && timingSafeEqual(sent, expected)) next();
    else response.status(404).end();
  });
  app.post("/raise/:story", async (request, response) => void response.json(await world.raise(request.params.story as Story)));
  app.get("/mailbox", async (_request, response) => void response.json(await world.mailbox()));
  app.get("/state", async (_request, response) => void response.json(await world.state()));
  app.post("/reset", async (_request, response) => {
    await world.reset();
    response.json(null);
  });
  const http = createServer(app);
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const address = http.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    token,
    close: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
