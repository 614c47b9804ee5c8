import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askingPlaybook } from "../testing/documents.ts";
import { publish } from "../testing/publish.ts";
import { startTestServer, type TestClient, type TestServer } from "../testing/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const begin = async (client: TestClient, playbook: string, until: string, input = {}) => {
  const socket = client.socket();
  const { id } = await client.call<{ id: string }>("startRun", { body: { playbook, input } });
  await socket.watch({ topic: "run", id, from: 0 });
  await socket.until(() => (socket.runEvents(id).some((event) => event.type === until) ? true : undefined));
  socket.close();
  return id;
};

describe("retention", () => {
  it("deletes the oldest ended runs, says so, and keeps the newest with the payload that they shared", async () => {
    const erik = await server.as("erik");
    const short = {
      schemaVersion: 1,
      id: "short",
      name: "Short",
      inputs: [{ key: "text", type: "string" }],
      start: ["end"],
      steps: { end: { kind: "end", name: "End", outcome: "done" } },
    };
    await publish(erik, short);
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) ids.push(await begin(erik, "short", "run-succeeded", { text: "x".repeat(40_000) }));
    await server.sweep();
    for (const id of ids) expect((await erik.send("getRun", { params: { id } })).status).toBe(200);
    const kept = { keepDays: null, keepRuns: 1, callsAtOnce: 3 };
    expect(await erik.call("previewPlaybookSettings", { params: { id: "short" }, query: { keepRuns: "1" } })).toEqual({ runs: 2, more: false });
    expect(await erik.call("previewPlaybookSettings", { params: { id: "short" }, query: { keepDays: "1" } })).toEqual({ runs: 0, more: false });
    expect(await erik.call("previewDefaultSettings", { query: { keepRuns: "2" } })).toEqual({ runs: 1, more: false });
    expect((await erik.refused("previewDefaultSettings", { query: { keepRuns: "0" } })).status).toBe(400);
    expect(await erik.call("listPlaybookSettings")).toEqual({ items: [] });
    await erik.call("putPlaybookSettings", { params: { id: "short" }, body: kept });
    await server.sweep();
    const newest = ids.toSorted().pop() ?? "";
    for (const id of ids.filter((each) => each !== newest)) expect(await erik.refused("getRun", { params: { id } })).toMatchObject({ status: 410, code: "run-deleted" });
    expect((await (await erik.send("exportTrace", { params: { id: newest } })).text()).length).toBeGreaterThan(40_000);
    expect(await erik.call("getPlaybookSettings", { params: { id: "short" } })).toEqual(kept);
    expect(await erik.call("listPlaybookSettings")).toEqual({ items: [{ playbook: { id: "short", name: "Short" }, settings: kept }] });
    expect(await erik.call("previewDefaultSettings", { query: { keepDays: "7" } })).toEqual({ runs: 0, more: false });
    expect(await (await server.as("anna")).refused("listPlaybookSettings")).toMatchObject({ status: 403 });
  });

  it("keeps a run that is open, and one whose case is open", async () => {
    const erik = await server.as("erik");
    await publish(erik, askingPlaybook());
    await erik.call("putPlaybookSettings", { params: { id: "asking" }, body: { keepDays: 1, keepRuns: 1, callsAtOnce: null } });
    const ids: string[] = [];
    for (let count = 0; count < 4; count += 1) ids.push(await begin(erik, "asking", "ask-opened"));
    for (const id of ids.slice(1)) await erik.call("cancelRun", { params: { id }, body: {} });
    await server.sweep();
    for (const id of ids) expect((await erik.send("getRun", { params: { id } })).status).toBe(200);
  });
});
