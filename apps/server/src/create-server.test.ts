import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AskView, RunSummary } from "@drawbridge/protocol";
import { afterEach, describe, expect, it } from "vitest";
import { createServer, type RunningServer } from "./create-server.ts";
import { askingPlaybook } from "./testing/documents.ts";
import { publish } from "./testing/publish.ts";
import { startTestServer, TestClient } from "./testing/test-server.ts";

const cleanup: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo();
});

async function freshHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "drawbridge-test-"));
  cleanup.push(() => rm(home, { recursive: true, force: true }));
  return home;
}

async function start(options: Parameters<typeof createServer>[0]): Promise<RunningServer> {
  const server = await createServer({ port: 0, logLevel: "silent", library: join(options.home, "none"), ...options });
  cleanup.push(() => server.close());
  return server;
}

describe("a first start", () => {
  it("makes an admin and tells the password once", async () => {
    const home = await freshHome();
    const first = await start({ home });
    const [, email = "", password = ""] = /sign in as (\S+) with the password (\S+)/.exec(first.notices.join("\n")) ?? [];
    expect(await (await new TestClient(first.url).signIn(email, password)).call("getSession")).toMatchObject({ person: { role: "admin" }, sampleWorld: false });
    await first.close();
    expect((await start({ home })).notices).toEqual([]);
  });

  it("makes the admin that it is told to", async () => {
    const server = await start({ home: await freshHome(), admin: { email: "Root@QRST.com", password: "the chosen password" } });
    expect(await (await new TestClient(server.url).signIn("root@qrst.com", "the chosen password")).call("getSession")).toMatchObject({
      person: { email: "root@qrst.com", role: "admin" },
    });
  });

  it("has no sample world unless it is told to", async () => {
    const server = await start({ home: await freshHome(), admin: { email: "root@qrst.com", password: "the chosen password" } });
    const admin = await new TestClient(server.url).signIn("root@qrst.com", "the chosen password");
    for (const name of ["simulateAlert", "getMailbox", "getWorld", "resetWorld"] as const) {
      expect(await admin.refused(name, name === "simulateAlert" ? { body: {} } : {}), name).toMatchObject({ status: 404, code: "not-available" });
    }
  });
});

describe("a restart", () => {
  it("keeps sessions, and goes on with a run that waits for an answer", async () => {
    const server = await startTestServer();
    cleanup.push(() => server.close());
    await publish(await server.as("erik"), askingPlaybook());
    const before = await server.as("anna");
    const { id } = await before.call<{ id: string }>("startRun", { body: { playbook: "asking", idempotencyKey: "once" } });
    expect(await before.call("startRun", { body: { playbook: "asking", idempotencyKey: "once" } })).toEqual({ id });
    const socket = before.socket();
    await socket.watch({ topic: "run", id, from: 0 });
    await socket.until((messages) => messages.find((each) => each.name === "ask-changed"));
    socket.close();
    await server.restart();
    const after = Object.assign(new TestClient(server.url), { cookie: before.cookie, csrf: before.csrf });
    const [ask] = (await after.call<{ items: AskView[] }>("listAsks", { query: { run: id } })).items;
    expect(ask).toMatchObject({ state: "open", mayAnswer: true });
    const live = after.socket();
    await live.watch({ topic: "run", id, from: 0 });
    await after.call("answerAsk", { body: { id: ask?.id, answer: "yes" } });
    await live.until((messages) => messages.find((each) => each.name === "run-events" && each.message.events.some((event) => event.type === "run-succeeded")));
    live.close();
    expect(await after.call<{ run: RunSummary }>("getRun", { params: { id } })).toMatchObject({ run: { status: "succeeded", outcome: "done", openAsks: 0 } });
  });
});
