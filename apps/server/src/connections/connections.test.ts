import { statSync } from "node:fs";
import { join } from "node:path";
import type { ConnectionView } from "@drawbridge/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestClient, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let admin: TestClient;

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.as("ada");
});
afterAll(() => server.close());

const settings = { baseUrl: "http://127.0.0.1:9", clientId: "key-1", secret: "a-very-secret-value" };

describe("a connection", () => {
  it("keeps its secret: not in an answer, not in the store, and still there when it is left out", async () => {
    const made = await admin.call<ConnectionView>("createConnection", { body: { id: "vendor", integration: "code42", name: "Vendor", settings } });
    expect(made.secrets).toEqual(["secret"]);
    expect(made.settings).toEqual({ baseUrl: "http://127.0.0.1:9", clientId: "key-1", allowPrivateNetwork: false });
    const { secret: _, ...open } = settings;
    const changed = await admin.call<ConnectionView>("updateConnection", { params: { id: "vendor" }, body: { name: "Renamed", settings: open } });
    expect([changed.name, changed.secrets]).toEqual(["Renamed", ["secret"]]);
    expect(JSON.stringify(await admin.call("listConnections"))).not.toContain("a-very-secret-value");
    expect([await server.holds("Renamed"), await server.holds("a-very-secret-value")]).toEqual([true, false]);
    expect(statSync(join(server.home, "key")).mode & 0o777).toBe(0o600);
  });

  it("is refused with a pointer when a setting is wrong or an id is taken", async () => {
    expect(await admin.refused("createConnection", { body: { id: "other", integration: "code42", name: "x", settings: { ...settings, baseUrl: "ftp://x" } } })).toMatchObject({
      code: "invalid-request",
      pointer: "/settings/baseUrl",
    });
    expect(await admin.refused("createConnection", { body: { id: "other", integration: "none", name: "x", settings } })).toMatchObject({
      code: "invalid-request",
      pointer: "/integration",
    });
    expect(await admin.refused("createConnection", { body: { id: "vendor", integration: "code42", name: "x", settings } })).toMatchObject({ status: 409, code: "already-exists" });
  });

  it("does not reach a private address unless it may", async () => {
    expect(await admin.call("testConnection", { params: { id: "vendor" } })).toMatchObject({ ok: false, code: "egress-refused" });
    const { secret: _, ...open } = settings;
    await admin.call("updateConnection", { params: { id: "vendor" }, body: { name: "Vendor", settings: open, allowPrivateNetwork: true } });
    expect(await admin.call("testConnection", { params: { id: "vendor" } })).toMatchObject({ ok: false, code: "connection-refused" });
    expect((await admin.call<{ items: ConnectionView[] }>("listConnections")).items.find(({ id }) => id === "vendor")?.lastTest).toMatchObject({ ok: false });
  });

  it("is deleted when no playbook uses it", async () => {
    const document = {
      schemaVersion: 1,
      id: "user",
      name: "User",
      start: ["a"],
      steps: { a: { kind: "action", name: "A", action: "code42.get-alert", connection: "vendor", with: { alertId: "1" } } },
    };
    const engineer = await server.as("erik");
    await engineer.call("createPlaybook", { body: document });
    expect(await admin.refused("deleteConnection", { params: { id: "vendor" } })).toMatchObject({ status: 409, code: "in-use" });
    await engineer.call("deletePlaybook", { params: { id: "user" } });
    await admin.call("deleteConnection", { params: { id: "vendor" } });
    expect((await admin.call<{ items: unknown[] }>("listConnections")).items).toEqual([]);
  });
});
