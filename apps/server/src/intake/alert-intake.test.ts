import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publish } from "../testing/publish.ts";
import { startTestServer, type TestClient, type TestServer } from "../testing/test-server.ts";

interface Runs {
  readonly total: number;
  readonly items: readonly { readonly id: string; readonly trigger: { readonly kind: string } }[];
}

const triggered = {
  schemaVersion: 1,
  id: "on-alert",
  name: "On alert",
  inputs: [{ key: "alertId", type: "string", required: true }],
  triggers: [{ kind: "alert", connection: "code42", inputs: { alertId: "{{ alert.id }}" } }],
  start: ["end"],
  steps: { end: { kind: "end", name: "End", outcome: "seen {{ input.alertId }}" } },
};

const alert = (id: string) => ({ id, type: "FED_ENDPOINT_EXFILTRATION", name: "Exposure", actor: "a@qrst.com", state: "OPEN", createdAt: new Date().toISOString() });

let vendor: Server;
let alerts: object[] = [];
let down = false;
let server: TestServer;
let analyst: TestClient;

beforeAll(async () => {
  vendor = createServer((request, response) => {
    const answers: Record<string, unknown> = {
      "/v1/oauth": { access_token: "token", token_type: "bearer", expires_in: 900 },
      "/v1/customer": { tenantId: "t", customerId: "t" },
      "/v1/alerts/query-alerts": { alerts, totalCount: alerts.length },
    };
    const answer = answers[(request.url ?? "").split("?")[0] ?? ""];
    response.writeHead(down ? 503 : answer ? 200 : 404, { "content-type": "application/json" }).end(JSON.stringify(answer ?? {}));
  });
  vendor.listen(0, "127.0.0.1");
  await once(vendor, "listening");
  server = await startTestServer();
  const admin = await server.as("ada");
  const settings = { baseUrl: `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`, clientId: "key-1", secret: "vendor-secret", timeoutSeconds: 5 };
  await admin.call("createConnection", { body: { id: "code42", integration: "code42", name: "Code42", settings, allowPrivateNetwork: true } });
  await publish(await server.as("erik"), triggered);
  analyst = await server.as("anna");
});
afterAll(async () => {
  await server.close();
  vendor.close();
});

const runs = () => analyst.call<Runs>("listRuns", { query: { playbook: "on-alert" } });

describe("the intake of alerts", () => {
  it("starts a run for each alert once, with what the trigger maps", async () => {
    alerts = [alert("alert-1"), alert("alert-2")];
    await server.poll();
    await server.poll();
    const { items, total } = await runs();
    expect(total).toBe(2);
    expect(items.every((run) => run.trigger.kind === "alert")).toBe(true);
    const started = await Promise.all(items.map(async (run) => (await analyst.call<{ events: { input: unknown }[] }>("getTrace", { params: { id: run.id } })).events[0]?.input));
    expect(started).toEqual(expect.arrayContaining([{ alertId: "alert-1" }, { alertId: "alert-2" }]));
  });

  it("does not start them again after a restart, and takes what came meanwhile", async () => {
    alerts = [...alerts, alert("alert-3")];
    await server.restart();
    analyst = await server.as("anna");
    await server.poll();
    expect((await runs()).total).toBe(3);
  });

  it("says in readiness that the vendor does not answer, and goes on when it does", async () => {
    down = true;
    alerts = [...alerts, alert("alert-4")];
    await server.poll();
    const broken = await (await fetch(`${server.url}/api/v1/ready`)).json();
    expect(broken).toMatchObject({ status: "ready", checks: { intake: { ok: false } } });
    down = false;
    await server.poll();
    expect((await runs()).total).toBe(4);
    expect(await (await fetch(`${server.url}/api/v1/ready`)).json()).toMatchObject({ checks: { intake: { ok: true } } });
  });
});
