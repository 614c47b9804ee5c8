import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { TraceEvent } from "@drawbridge/interpreter";
import type { CallRecord, ValueMatches, ValuePart } from "@drawbridge/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { childPlaybook, restrictedPlaybook } from "../testing/documents.ts";
import { publish } from "../testing/publish.ts";
import { startTestServer, type TestClient, type TestServer } from "../testing/test-server.ts";

const secret = "a-very-secret-bearer";
const rows = Array.from({ length: 3_000 }, (_, index) => ({ host: `wks-${index}`, owner: { email: `user${index}@qrst.com` } }));
let vendor: Server;
let server: TestServer;
let anna: TestClient;
let tom: TestClient;

const end = { kind: "end", name: "End", outcome: "done" };
const fetching = {
  schemaVersion: 1,
  id: "fetching",
  name: "Fetching",
  inputs: [{ key: "path", type: "string" }],
  start: ["get"],
  steps: { get: { kind: "action", name: "Get", action: "http.get", connection: "vendor", with: { url: "{{ input.path }}" }, next: ["end"] }, end },
};

beforeAll(async () => {
  vendor = createServer((request, response) => {
    const body = request.url?.startsWith("/hosts") ? rows : { echo: request.headers.authorization, access_token: "fresh-token-1", url: request.url };
    response.writeHead(request.url === "/down" ? 503 : 200, { "content-type": "application/json", "set-cookie": "sid=abc-123" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => vendor.listen(0, "127.0.0.1", resolve));
  server = await startTestServer();
  [anna, tom] = [await server.as("anna"), await server.as("tom")];
  const settings = { baseUrl: `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`, authentication: "bearer", secret, allowPrivateNetwork: true };
  await (await server.as("ada")).call("createConnection", { body: { id: "vendor", integration: "http", name: "Vendor", settings, allowPrivateNetwork: true } });
  const erik = await server.as("erik");
  for (const document of [fetching, childPlaybook, restrictedPlaybook(["anna@qrst.com"])]) await publish(erik, document);
});
afterAll(async () => {
  await server.close();
  await new Promise((resolve) => vendor.close(resolve));
});

const finished = async (path: string) => {
  const { id } = await anna.call<{ id: string }>("startRun", { body: { playbook: "fetching", input: { path } } });
  const socket = anna.socket();
  await socket.watch({ topic: "run", id, from: 0 });
  const trace = await socket.until((): readonly TraceEvent[] | undefined => {
    const events = socket.runEvents(id);
    return events.some(({ type }) => type === "run-succeeded" || type === "run-failed") ? events : undefined;
  });
  socket.close();
  return { id, trace };
};
const recordOf = async (client: TestClient, run: string, effect: string) =>
  (await client.call<{ record: CallRecord | null }>("getCallRecord", { params: { id: run }, query: { effect } })).record;

describe("an attempt", () => {
  it("tells what went over the wire, without secrets, of a success and of a failure", async () => {
    for (const [path, status] of [
      ["/alerts?api_key=k-77&state=open", 200],
      ["/down", 503],
    ] as const) {
      const { id } = await finished(path);
      const record = await recordOf(anna, id, `${id}/get/1`);
      expect(record?.exchanges).toHaveLength(1);
      const [exchange] = record?.exchanges ?? [];
      expect(exchange).toMatchObject({
        method: "GET",
        status,
        failure: null,
        requestHeaders: { authorization: "••••••" },
        responseHeaders: { "set-cookie": "••••••", "content-type": "application/json" },
      });
      expect(exchange?.responseBody?.text).toContain('"access_token":"••••••"');
      expect(exchange?.ms).toBeGreaterThanOrEqual(0);
      for (const hidden of [secret, "fresh-token-1", "abc-123", "k-77"]) expect(JSON.stringify(record)).not.toContain(hidden);
    }
    expect(await server.holds(secret)).toBe(false);
  });

  it("tells nothing that was not asked for of its own run", async () => {
    const { id } = await finished("/alerts");
    const other = (await finished("/alerts")).id;
    expect(await recordOf(anna, id, `${id}/get/2`)).toBeNull();
    expect(await recordOf(anna, other, `${id}/get/1`)).toBeNull();
    expect((await anna.refused("getCallRecord", { params: { id: "nowhere" }, query: { effect: "nowhere/get/1" } })).status).toBe(404);
  });

  it("of a run on a restricted case is told to nobody who may not see that", async () => {
    const { id } = await tom.call<{ id: string }>("startRun", { body: { playbook: "restricted" } });
    const socket = anna.socket();
    await socket.watch({ topic: "asks" });
    const child = await socket.until(
      (messages) => messages.flatMap((each) => (each.name === "ask-changed" && each.message.ask.playbook.id === "asking-child" ? [each.message.ask.run] : []))[0],
    );
    socket.close();
    expect(await recordOf(tom, id, `${id}/open-child/1`)).toBeNull();
    expect((await tom.refused("getCallRecord", { params: { id: child }, query: { effect: `${child}/x/1` } })).status).toBe(404);
    expect((await tom.refused("getPayloadPart", { params: { id: child, hash: "x" } })).status).toBe(404);
    expect(await recordOf(anna, child, `${child}/x/1`)).toBeNull();
  });
});

describe("a large output", () => {
  it("is read in pages and searched on the server", async () => {
    const { id, trace } = await finished("/hosts");
    const output = trace.flatMap((event) => (event.type === "effect-succeeded" ? [event.output] : []))[0] as { $payload: { hash: string } };
    const params = { id, hash: output.$payload.hash };
    const part = (query: Record<string, string>) => anna.call<ValuePart>("getPayloadPart", { params, query });
    expect((await part({})).entries.find(({ key }) => key === "body")).toEqual({ key: "body", type: "array", total: 3_000 });
    const page = await part({ pointer: "/body", offset: "2990", limit: "100" });
    expect(page).toMatchObject({ type: "array", total: 3_000, offset: 2_990 });
    expect(page.entries.map(({ value }) => (value as { host: string }).host)).toEqual(rows.slice(2_990).map(({ host }) => host));
    expect(await part({ pointer: "/body/7/owner/email" })).toMatchObject({ type: "string", text: "user7@qrst.com" });
    const found = await anna.call<ValueMatches>("searchPayload", { params, query: { words: "USER2999@" } });
    expect(found).toMatchObject({ complete: true, matches: [{ path: ["body", "2999", "owner", "email"] }] });
    expect(await anna.refused("getPayloadPart", { params, query: { pointer: "/nowhere" } })).toMatchObject({ status: 404 });
    expect(await anna.refused("getPayloadPart", { params: { id: (await finished("/alerts")).id, hash: params.hash } })).toMatchObject({ status: 404 });
    expect(await anna.refused("getPayloadPart", { params, query: { limit: "100000" } })).toMatchObject({ status: 400 });
  });
});
