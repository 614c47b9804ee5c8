import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer as createHttpServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { postgresServer } from "@drawbridge/engine/testing";
import type { AskView } from "@drawbridge/protocol";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createServer, type RunningServer } from "../create-server.ts";
import type { ServerOptions } from "../options.ts";
import { samplePassword } from "../sign-in/first-people.ts";
import { askingPlaybook } from "../testing/documents.ts";
import { publish } from "../testing/publish.ts";
import { at, type Processes, startProcesses } from "../testing/start-processes.ts";
import { type Message, TestClient, type TestServer, type TestSocket } from "../testing/test-server.ts";

const lines = "select pid from pg_stat_activity where application_name = 'drawbridge line'";
const holders = (name: string) => `
  select pid from pg_locks where locktype = 'advisory' and ((classid::bigint << 32) | objid::bigint) = hashtextextended('drawbridge ${name}', 0)`;

const onAlert = {
  schemaVersion: 1,
  id: "on-alert",
  name: "On alert",
  inputs: [{ key: "alertId", type: "string", required: true }],
  triggers: [{ kind: "alert", connection: "code42", inputs: { alertId: "{{ alert.id }}" } }],
  start: ["end"],
  steps: { end: { kind: "end", name: "End", outcome: "seen" } },
};

let alerts: object[] = [];

const raise = (id: string) => {
  alerts = [{ id, type: "FED_ENDPOINT_EXFILTRATION", name: "Exposure", actor: "a@qrst.com", state: "OPEN", createdAt: new Date().toISOString() }, ...alerts];
};

/** Answers as Code42 does, and to anything else with its name. */
async function vendor(name: string): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createHttpServer((request, response) => {
    const answers: Record<string, unknown> = {
      "/v1/oauth": { access_token: "token", token_type: "bearer", expires_in: 900 },
      "/v1/customer": { tenantId: "t", customerId: "t" },
      "/v1/alerts/query-alerts": { alerts, totalCount: alerts.length },
    };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answers[(request.url ?? "").split("?")[0] ?? ""] ?? { name }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe.skipIf(postgresServer === undefined)("several processes over one database", () => {
  let processes: Processes;
  let one: TestServer;
  let other: TestServer;
  let worker: TestServer;
  let anna: TestClient;
  let erik: TestClient;
  let ada: TestClient;
  const sockets: TestSocket[] = [];
  const vendors: Server[] = [];
  const connect = (client: TestClient) => {
    const socket = client.socket();
    sockets.push(socket);
    return socket;
  };

  beforeAll(async () => {
    processes = await startProcesses();
    one = await processes.add({ role: "server" });
    other = await processes.add({ role: "server" });
    worker = await processes.add({ role: "worker" });
    [anna, erik, ada] = [await one.as("anna"), await one.as("erik"), await one.as("ada")];
    await publish(erik, askingPlaybook());
  });
  afterAll(async () => {
    for (const socket of sockets) socket.close();
    await processes.close();
    for (const server of vendors) server.close();
  });

  it("a run that is started in one is carried out by a worker and watched live in the other, where its question is answered", async () => {
    const there = at(other, anna);
    const live = connect(there);
    for (const topic of ["runs", "asks", "cases"]) await live.watch({ topic });
    const { id } = await anna.call<{ id: string }>("startRun", { body: { playbook: "asking" } });
    await live.watch({ topic: "run", id, from: 0 });
    const ask = await live.until<AskView>((messages) => messages.flatMap((each) => (each.name === "ask-changed" && each.message.ask.run === id ? [each.message.ask] : []))[0]);
    expect(ask.caseId).not.toBeNull();
    await live.until((messages) => messages.find((each) => each.name === "case-changed" && each.message.id === ask.caseId));
    await there.call("answerAsk", { body: { id: ask.id, answer: "yes" } });
    await live.until((messages) => messages.find((each) => each.name === "run-events" && each.message.events.some(({ type }) => type === "run-succeeded")));
    const { events } = await anna.call<{ events: unknown[] }>("getTrace", { params: { id }, query: { limit: "5000" } });
    expect(live.runEvents(id)).toEqual(events);
  });

  it("what a person writes in a war room in one reaches those who watch in the other, also after the line was lost", async () => {
    const { id } = await anna.call<{ id: string }>("openCase", { body: { title: "Shared", type: "Exposure on an endpoint", severity: "low" } });
    const first = connect(at(other, anna));
    await first.watch({ topic: "case", id });
    await anna.call("addEntry", { params: { id }, body: { text: "Seen by both." } });
    await first.until((messages) =>
      messages.find((each) => each.name === "case-entries" && each.message.entries.some(({ text, by }) => text === "Seen by both." && by?.name === "Anna Analyst")),
    );
    const gone = new Promise<string>((resolve) => first.socket.on("disconnect", resolve));
    expect(await processes.cut(lines)).toBeGreaterThan(0);
    expect(await gone).toBe("transport close");
    const again = connect(at(other, anna));
    await again.watch({ topic: "case", id });
    await anna.call("addEntry", { params: { id }, body: { text: "After the line." } });
    await again.until((messages) => messages.find((each) => each.name === "case-entries" && each.message.entries.some(({ text }) => text === "After the line.")));
  });

  it("who has a playbook open at one is seen at the other, until the tab is closed or the process is gone, and so is what is published", async () => {
    const third = await processes.add({ role: "server" });
    const [his, hers, gone] = [connect(erik), connect(at(other, ada)), connect(at(third, anna))];
    const peopleIn = (wanted: readonly string[]) => (messages: readonly Message[]) => {
      const last = messages.filter((each) => each.name === "playbook-people").at(-1);
      return last?.message.people.map(({ name }) => name).join() === wanted.join() ? true : undefined;
    };
    for (const socket of [his, hers, gone]) await socket.watch({ topic: "playbook", id: "asking" });
    for (const socket of [his, hers, gone]) await socket.until(peopleIn(["Ada Admin", "Anna Analyst", "Erik Engineer"]));
    await third.close();
    for (const socket of [his, hers]) await socket.until(peopleIn(["Ada Admin", "Erik Engineer"]));
    const lost = Promise.all([his, hers].map(({ socket }) => new Promise<void>((resolve) => socket.on("disconnect", () => resolve()))));
    expect(await processes.cut(lines)).toBeGreaterThan(0);
    await lost;
    const again = connect(erik);
    await again.watch({ topic: "playbook", id: "asking" });
    const back = connect(at(other, ada));
    await back.watch({ topic: "playbook", id: "asking" });
    await again.until(peopleIn(["Ada Admin", "Erik Engineer"]));
    back.close();
    await again.until(peopleIn(["Erik Engineer"]));
    const { etag } = await erik.call<{ etag: string }>("getDraft", { params: { id: "asking" } });
    await at(other, erik).call("publish", { params: { id: "asking" }, body: { note: "Elsewhere" }, headers: { "if-match": etag } });
    await again.until((messages) => messages.find((each) => each.name === "version-published" && each.message.note === "Elsewhere"));
  });

  it("a connection that is changed in one is another one in the other at once", async () => {
    const [before, after] = [await vendor("before"), await vendor("after")];
    vendors.push(before.server, after.server);
    const settings = (baseUrl: string) => ({ baseUrl, authentication: "none", timeoutSeconds: 5 });
    await ada.call("createConnection", { body: { id: "svc", integration: "http", name: "Service", settings: settings(before.url), allowPrivateNetwork: true } });
    const { id } = await anna.call<{ id: string }>("openCase", { body: { title: "Calls", type: "Exposure on an endpoint", severity: "low" } });
    const called = async () => JSON.stringify(await at(other, anna).call("addEntry", { params: { id }, body: { text: "!http.get url=/who" } }));
    expect(await called()).toContain("before");
    const live = connect(at(other, anna));
    await live.watch({ topic: "case", id });
    await ada.call("updateConnection", { params: { id: "svc" }, body: { name: "Service", settings: settings(after.url), allowPrivateNetwork: true } });
    // Notices come in order: when this one is there, the one before it is too.
    await anna.call("addEntry", { params: { id }, body: { text: "Moved." } });
    await live.until((messages) => messages.find((each) => each.name === "case-entries" && each.message.entries.some(({ text }) => text === "Moved.")));
    expect(await called()).toContain("after");
  });

  it("settings of a playbook that are changed in one are those of the other", async () => {
    const live = connect(at(other, anna));
    const { id } = await anna.call<{ id: string }>("openCase", { body: { title: "Order", type: "Exposure on an endpoint", severity: "low" } });
    await live.watch({ topic: "case", id });
    await erik.call("putPlaybookSettings", { params: { id: "asking" }, body: { keepDays: 90, keepRuns: null, callsAtOnce: 2 } });
    await anna.call("addEntry", { params: { id }, body: { text: "Set." } });
    await live.until((messages) => messages.find((each) => each.name === "case-entries"));
    expect(await at(other, erik).call("getPlaybookSettings", { params: { id: "asking" } })).toMatchObject({ keepDays: 90, callsAtOnce: 2 });
  });

  it("who signs out of one is signed out of the other, with the sockets there", async () => {
    const tom = await one.as("tom");
    const live = connect(at(other, tom));
    await live.watch({ topic: "runs" });
    const gone = new Promise<string>((resolve) => live.socket.on("disconnect", resolve));
    await tom.call("signOut");
    expect(await gone).toBe("io server disconnect");
    expect(await at(other, tom).refused("listRuns")).toMatchObject({ code: "not-signed-in" });
  });

  it("a webhook takes no more than its rate from all of them together", async () => {
    const { token } = await erik.call<{ token: string }>("createTrigger", { body: { kind: "webhook", name: "Flooded", playbook: "asking", perMinute: 5 } });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        fetch(`${(index % 2 === 0 ? one : other).url}/hooks/${token}`, { method: "POST", body: "{}", headers: { "content-type": "application/json" } }),
      ),
    );
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(7);
  });

  it("a worker tells of its health, and has no interface", async () => {
    expect(await (await fetch(`${worker.url}/health`)).json()).toMatchObject({ status: "ok", role: "worker" });
    expect((await fetch(`${worker.url}/metrics`)).status).toBe(200);
    for (const path of ["/", "/api/v1/ready", "/hooks/x", "/socket.io/"]) expect((await fetch(`${worker.url}${path}`)).status, path).toBe(404);
  });

  it("one of them reads alerts, each once, and another takes over when it is gone or has lost its line", async () => {
    const code42 = await vendor("code42");
    vendors.push(code42.server);
    const settings = { baseUrl: code42.url, clientId: "key-1", secret: "vendor-secret", timeoutSeconds: 5 };
    await ada.call("createConnection", { body: { id: "code42", integration: "code42", name: "Code42", settings, allowPrivateNetwork: true } });
    await publish(at(other, erik), onAlert);
    const live = connect(at(other, anna));
    await live.watch({ topic: "runs" });
    const seen = (count: number) =>
      live.until((messages) => {
        const runs = new Set(messages.flatMap((each) => (each.name === "run-changed" && each.message.run.playbook.id === "on-alert" ? [each.message.run.id] : [])));
        return runs.size >= count ? runs : undefined;
      });
    raise("alert-1");
    await Promise.all([one, other, worker].map((each) => each.poll()));
    await seen(1);
    raise("alert-2");
    expect(await processes.cut(holders("duties"))).toBe(1);
    const led = await takenOver(seen, 2);
    raise("alert-3");
    await one.close();
    await takenOver(seen, 3);
    expect(led.size).toBe(2);
    const { total } = await at(other, anna).call<{ total: number }>("listRuns", { query: { playbook: "on-alert" } });
    expect(total).toBe(3);
  });

  /** Whoever leads now reads when it begins; asking again does no harm. */
  async function takenOver(seen: (count: number) => Promise<Set<string>>, count: number): Promise<Set<string>> {
    let there = false;
    const found = seen(count).finally(() => (there = true));
    while (!there) {
      await other.poll();
      await Promise.race([found, new Promise((resolve) => setTimeout(resolve, 250))]);
    }
    return found;
  }

  it("a process with another key is refused", async () => {
    await expect(processes.add({ key: "00".repeat(32) })).rejects.toMatchObject({ code: "wrong-key" });
  });
});

describe.skipIf(postgresServer === undefined)("a worker that was there first", () => {
  it("reads the alerts that playbooks want which a server brings", async () => {
    const processes = await startProcesses();
    const library = await mkdtemp(join(tmpdir(), "drawbridge-library-"));
    const code42 = await vendor("code42");
    try {
      const worker = await processes.add({ role: "worker" });
      await mkdir(join(library, "on-alert"));
      await writeFile(join(library, "on-alert/playbook.json"), JSON.stringify(onAlert));
      const server = await processes.add({ role: "server", library });
      const settings = { baseUrl: code42.url, clientId: "key-1", secret: "vendor-secret", timeoutSeconds: 5 };
      await (await server.as("ada")).call("createConnection", { body: { id: "code42", integration: "code42", name: "Code42", settings, allowPrivateNetwork: true } });
      raise("alert-of-library");
      await worker.poll();
      expect((await (await server.as("anna")).call<{ total: number }>("listRuns", { query: { playbook: "on-alert" } })).total).toBe(1);
    } finally {
      await processes.close();
      code42.server.close();
      await rm(library, { recursive: true, force: true });
    }
  });
});

describe.skipIf(postgresServer === undefined)("three processes that start at once on an empty database", () => {
  let processes: Processes;
  let running: readonly RunningServer[];
  let home: string;

  const start = async (more: Partial<ServerOptions>) => {
    processes = await startProcesses();
    home = await mkdtemp(join(tmpdir(), "drawbridge-test-"));
    const options = { port: 0, logLevel: "silent", library: join(home, "none"), databaseUrl: processes.url, pollSeconds: 3_600, home, ...more } as const;
    running = await Promise.all([1, 2, 3].map(() => createServer(options)));
  };
  afterEach(async () => {
    for (const server of running) await server.close();
    await processes.close();
    await rm(home, { recursive: true, force: true });
  });

  it("make one key and one admin, and tell of it once", { timeout: 90_000 }, async () => {
    await start({});
    expect(running.flatMap(({ notices }) => notices)).toHaveLength(1);
  });

  it("make one sample world, which all of them show, and which is still there after all lines were lost", { timeout: 90_000 }, async () => {
    await start({ sampleWorld: true });
    const session = await new TestClient(running[0]?.url ?? "").signIn("ada.admin@qrst.com", samplePassword);
    const clients = running.map(({ url }) => Object.assign(new TestClient(url), { cookie: session.cookie, csrf: session.csrf }));
    for (const client of clients) expect(await client.call("getSession")).toMatchObject({ sampleWorld: true });
    const raised: string[] = [];
    for (const client of clients) raised.push((await client.call<{ alertId: string }>("simulateAlert", { body: {} })).alertId);
    expect(new Set(raised).size).toBe(3);
    const knowsAll = async (client: TestClient) => {
      const world = await worldOf(client);
      return raised.every((id) => world.includes(id));
    };
    for (const client of clients) expect(await knowsAll(client)).toBe(true);
    expect(await processes.cut(lines)).toBe(3);
    await until(async () => (await processes.count(holders("sample world"))) === 1 || undefined);
    for (const client of clients) expect(await knowsAll(client)).toBe(true);
  });
});

describe.skipIf(postgresServer === undefined)("the sample world", () => {
  it("is served by another process when its own ends", { timeout: 90_000 }, async () => {
    const processes = await startProcesses();
    try {
      const first = await processes.add({ sampleWorld: true });
      const second = await processes.add({ sampleWorld: true });
      const ada = await second.as("ada");
      const { alertId } = await ada.call<{ alertId: string }>("simulateAlert", { body: {} });
      expect(await worldOf(await first.as("ada"))).toContain(alertId);
      await first.close();
      await until(async () => ((await ada.send("getWorld")).ok && !(await worldOf(ada)).includes(alertId)) || undefined);
      expect(await ada.call("simulateAlert", { body: {} })).toMatchObject({ alertId: expect.any(String) as string });
    } finally {
      await processes.close();
    }
  });
});

const worldOf = async (client: TestClient): Promise<string> => JSON.stringify((await client.call<{ world: unknown }>("getWorld")).world);

/** Asks until there is an answer. */
async function until<Answer>(ask: () => Promise<Answer | undefined>): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
