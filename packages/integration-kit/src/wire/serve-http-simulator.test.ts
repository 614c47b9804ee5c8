import { afterEach, describe, expect, it } from "vitest";
import { ActionError } from "../action-error.ts";
import { createFaultBook, faultResponse } from "../http/fault-book.ts";
import type { HttpTransport } from "../http/http-transport.ts";
import { simulatorTransport } from "../http/simulator-transport.ts";
import type { HttpSimulator } from "../integration.ts";
import { createHttpClient } from "./http-client.ts";
import { serveHttpSimulator } from "./serve-http-simulator.ts";

const opened: (() => unknown)[] = [];
afterEach(async () => void (await Promise.all(opened.splice(0).map((close) => close()))));

const faults = createFaultBook();
const simulator: HttpSimulator = async (request) => {
  const fault = faults.take(["work"]);
  if (fault !== null) return faultResponse(fault, (status) => ({ message: `Fault ${status}` }));
  return Response.json(
    { method: request.method, path: new URL(request.url).pathname, key: request.headers.get("x-key"), body: await request.text() },
    { status: 201, headers: { "x-more": "1" } },
  );
};

const reach: Record<string, (timeoutMs?: number) => Promise<HttpTransport>> = {
  "in memory": async () => simulatorTransport(simulator),
  "over a socket": async (timeoutMs = 10_000) => {
    const served = await serveHttpSimulator(simulator);
    const client = createHttpClient({ baseUrl: served.url, allowPrivateNetwork: true, timeoutMs });
    opened.push(served.close, client.close);
    return client.transport;
  },
};

describe.each(Object.entries(reach))("a simulator %s", (_, open) => {
  const request = { method: "PUT", path: "/things/1", headers: { "x-key": "k" }, body: "text", signal: new AbortController().signal } as const;

  it("gets the whole request and gives the whole answer", async () => {
    const answer = await (await open())(request);
    expect(answer).toMatchObject({ status: 201, headers: { "x-more": "1" } });
    expect(JSON.parse(answer.body)).toEqual({ method: "PUT", path: "/things/1", key: "k", body: "text" });
  });

  it("plays a fault as often as it is told, with status and Retry-After", async () => {
    const send = await open();
    faults.add({ operation: "work", times: 2, status: 429, retryAfterSeconds: 4 });
    for (const status of [429, 429, 201]) expect((await send(request)).status).toBe(status);
    faults.add({ operation: "*", times: 1, code: "unavailable" });
    expect((await send(request)).status).toBe(503);
    faults.add({ operation: "other", times: 1 });
    expect((await send(request)).status).toBe(201);
  });

  it("does not answer at all when the fault says so", async () => {
    const send = await open(200);
    faults.add({ operation: "work", times: 1, code: "timed-out" });
    await expect(send(request)).rejects.toMatchObject({ code: "timed-out", uncertain: true });
    faults.add({ operation: "work", times: 1, code: "connection-refused" });
    await expect(send(request)).rejects.toBeInstanceOf(ActionError);
  });
});
