import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ActionTrial } from "@drawbridge/protocol";
import { startTestServer, type TestClient, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let engineer: TestClient;

beforeAll(async () => {
  server = await startTestServer();
  const admin = await server.as("ada");
  engineer = await server.as("erik");
  const settings = { baseUrl: "http://127.0.0.1:9", clientId: "key-1", secret: "a-very-secret-value" };
  await admin.call("createConnection", { body: { id: "vendor", integration: "code42", name: "Vendor", settings, allowPrivateNetwork: true } });
});
afterAll(() => server.close());

const reading = { action: "code42.get-alert", input: { alertId: "1" } };
const changing = { action: "code42.resolve-alert", input: { alertId: "1", note: "Done" } };

describe("one action tried over a connection", () => {
  it("tells how the call ended, without secrets", async () => {
    const trial = await engineer.call<ActionTrial>("tryAction", { params: { id: "vendor" }, body: reading });
    expect(trial.result).toMatchObject({ ok: false, code: "connection-refused" });
    expect(JSON.stringify(trial)).not.toContain("a-very-secret-value");
  });

  it("sends a change only when the person says that it is meant", async () => {
    expect(await engineer.refused("tryAction", { params: { id: "vendor" }, body: changing })).toMatchObject({ status: 409, code: "changes-unconfirmed", pointer: "/changes" });
    const trial = await engineer.call<ActionTrial>("tryAction", { params: { id: "vendor" }, body: { ...changing, changes: true } });
    expect(trial.result).toMatchObject({ ok: false, code: "connection-refused" });
  });

  it("is refused to analysts, for other integrations' actions and for connections that are not there", async () => {
    const analyst = await server.as("anna");
    expect(await analyst.refused("tryAction", { params: { id: "vendor" }, body: reading })).toMatchObject({ status: 403, code: "permission-denied" });
    expect(await engineer.refused("tryAction", { params: { id: "vendor" }, body: { ...reading, action: "cases.open" } })).toMatchObject({
      code: "invalid-request",
      pointer: "/action",
    });
    expect(await engineer.refused("tryAction", { params: { id: "none" }, body: reading })).toMatchObject({ status: 404, code: "not-found" });
  });

  it("says which field of the input is wrong", async () => {
    const trial = await engineer.call<ActionTrial>("tryAction", { params: { id: "vendor" }, body: { action: "code42.get-alert", input: {} } });
    expect(trial.result).toMatchObject({ ok: false, code: "invalid-input" });
  });
});
