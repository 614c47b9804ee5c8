import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { EngineError } from "@drawbridge/engine";
import express from "express";
import { pino } from "pino";
import { expect, it } from "vitest";
import { sendProblem } from "./send-problem.ts";

it("a start that is refused because too much waits says when to come back", async () => {
  const app = express();
  app.get("/", () => {
    throw new EngineError("queue-full", "Too much work is waiting; try again later.");
  });
  app.use(sendProblem(pino({ level: "silent" }), () => false));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "5"]);
  expect(await answer.json()).toMatchObject({ code: "queue-full", status: 429 });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
