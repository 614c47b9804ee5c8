import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../store/open-store.ts";
import { askingPlaybook } from "../testing/documents.ts";
import { publish } from "../testing/publish.ts";
import { startTestServer, type TestClient, type TestServer } from "../testing/test-server.ts";

const dayMs = 86_400_000;
let server: TestServer;
let ahead = 0;

beforeAll(async () => {
  server = await startTestServer({ now: () => Date.now() + ahead });
  const erik = await server.as("erik");
  const documents = [short("short"), short("old"), short("leaf"), short("other-leaf"), caller("caller", "leaf"), askingLeaf, caller("starter", "asking-leaf", { detached: true })];
  for (const document of documents) await publish(erik, document);
});
afterAll(() => server.close());

const end = { kind: "end", name: "End", outcome: "done" };
const short = (id: string) => ({ schemaVersion: 1, id, name: id, inputs: [{ key: "text", type: "string" }], start: ["end"], steps: { end } });
const caller = (id: string, playbook: string, more = {}) => ({
  schemaVersion: 1,
  id,
  name: id,
  start: ["call"],
  steps: { call: { kind: "call", name: "Call", playbook, next: ["end"], ...more }, end },
});
const askingLeaf = {
  schemaVersion: 1,
  id: "asking-leaf",
  name: "Asks",
  start: ["ask"],
  steps: { ask: { kind: "ask", name: "Ask", prompt: "Go on?", branches: [{ label: "yes", next: ["end"] }] }, end },
};

/** What the audit log says that retention did with runs of the playbook. */
const deletions = async (playbook: string) => {
  const { store, close } = await openStore(server.home, server.databaseUrl, () => undefined);
  const rows = await store.all(store.sql.selectFrom("audit").selectAll().where("what", "=", "runs-deleted").orderBy("seq"));
  await close();
  return rows
    .map(({ who, details }) => ({ who, ...(JSON.parse(details) as { playbook: string; count: number; from: string; to: string }) }))
    .filter((each) => each.playbook === playbook);
};
const settings = (id: string, given: object) => ({ params: { id }, body: { keepDays: null, keepRuns: null, callsAtOnce: null, ...given } });
const calledBy = async (client: TestClient, id: string) => (await client.call<{ children: { id: string }[] }>("getRun", { params: { id } })).children.map((child) => child.id);
const statusOf = async (client: TestClient, id: string) => (await client.send("getRun", { params: { id } })).status;

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
    expect(await erik.call("listPlaybookSettings")).toEqual({ items: [{ playbook: { id: "short", name: "short" }, settings: kept }] });
    expect(await erik.call("previewDefaultSettings", { query: { keepDays: "7" } })).toEqual({ runs: 0, more: false });
    expect(await (await server.as("anna")).refused("listPlaybookSettings")).toMatchObject({ status: 403 });
    const gone = ids.filter((each) => each !== newest).sort();
    expect(await deletions("short")).toEqual([{ who: "retention", playbook: "short", count: 2, from: gone[0], to: gone[1] }]);
    await server.sweep();
    expect(await deletions("short")).toHaveLength(1);
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

  it("deletes what ended longer ago than the settings keep, and nothing younger", async () => {
    const erik = await server.as("erik");
    await erik.call("putPlaybookSettings", settings("old", { keepDays: 30 }));
    const id = await begin(erik, "old", "run-succeeded");
    ahead = 29 * dayMs;
    await server.sweep();
    expect(await statusOf(erik, id)).toBe(200);
    ahead = 31 * dayMs;
    await server.sweep();
    ahead = 0;
    expect(await erik.refused("getRun", { params: { id } })).toMatchObject({ status: 410, code: "run-deleted" });
    expect(await deletions("old")).toEqual([{ who: "retention", playbook: "old", count: 1, from: id, to: id }]);
  });

  it("goes by the default where a playbook says nothing itself", async () => {
    const [erik, ada] = [await server.as("erik"), await server.as("ada")];
    await erik.call("putPlaybookSettings", settings("old", { keepDays: 100 }));
    const [kept, gone] = [await begin(erik, "old", "run-succeeded"), await begin(erik, "other-leaf", "run-succeeded")];
    await ada.call("putDefaultSettings", { body: { keepDays: 10, keepRuns: null, callsAtOnce: null } });
    ahead = 50 * dayMs;
    await server.sweep();
    ahead = 0;
    await ada.call("putDefaultSettings", { body: { keepDays: null, keepRuns: null, callsAtOnce: null } });
    expect([await statusOf(erik, kept), await statusOf(erik, gone)]).toEqual([200, 410]);
  });

  it("deletes a run with all that it called, counts only what nobody called, and leaves the family of an open run whole", async () => {
    const erik = await server.as("erik");
    await erik.call("putPlaybookSettings", settings("leaf", { keepDays: 1, keepRuns: 1 }));
    const callers: string[] = [];
    for (let count = 0; count < 2; count += 1) callers.push(await begin(erik, "caller", "run-succeeded"));
    const called = await Promise.all(callers.map((id) => calledBy(erik, id)));
    expect(called.flat()).toHaveLength(2);
    await server.sweep();
    for (const id of [...callers, ...called.flat()]) expect(await statusOf(erik, id)).toBe(200);
    const starter = await begin(erik, "starter", "run-succeeded");
    await erik.call("putPlaybookSettings", settings("caller", { keepRuns: 1 }));
    await erik.call("putPlaybookSettings", settings("starter", { keepDays: 1 }));
    ahead = 2 * dayMs;
    await server.sweep();
    ahead = 0;
    const statuses = (ids: readonly string[]) => Promise.all(ids.map((id) => statusOf(erik, id)));
    expect(await statuses([callers[0] ?? "", ...(called[0] ?? [])])).toEqual([410, 410]);
    expect(await statuses([callers[1] ?? "", ...(called[1] ?? [])])).toEqual([200, 200]);
    expect(await statuses([starter, ...(await calledBy(erik, starter))])).toEqual([200, 200]);
    expect(await deletions("caller")).toMatchObject([{ count: 2 }]);
    expect(await deletions("leaf")).toEqual([]);
  });

  it("of a run on a restricted case is told to nobody who could not know of it", async () => {
    const [erik, anna, tom] = [await server.as("erik"), await server.as("anna"), await server.as("tom")];
    const { id: parent } = await anna.call<{ id: string }>("openCase", { body: { title: "Case", type: "x", severity: "low" } });
    const { id: child } = await anna.call<{ id: string }>("openChild", { params: { id: parent }, body: { title: "Secret", restricted: true, members: ["anna@qrst.com"] } });
    const { id } = await anna.call<{ id: string }>("startRun", { body: { playbook: "leaf", caseId: child } });
    await expect.poll(async () => (await anna.call<{ run: { status: string } }>("getRun", { params: { id } })).run.status).toBe("succeeded");
    await anna.call("closeCase", { params: { id: child }, body: { resolution: "done" } });
    await erik.call("putPlaybookSettings", settings("leaf", { keepDays: 1 }));
    ahead = 2 * dayMs;
    await server.sweep();
    ahead = 0;
    expect(await anna.refused("getRun", { params: { id } })).toMatchObject({ status: 410, code: "run-deleted" });
    for (const name of ["getRun", "getTrace", "exportTrace"] as const) {
      const hidden = await tom.refused(name, { params: { id } });
      expect(hidden).toMatchObject({ status: 404, code: "not-found" });
      expect(hidden).toEqual(await tom.refused(name, { params: { id: "1never0was0there00" } }));
    }
  });
});

describe("the settings of playbooks", () => {
  it.each([
    [{ keepDays: 0 }, "/keepDays"],
    [{ keepDays: 1.5 }, "/keepDays"],
    [{ keepRuns: -1 }, "/keepRuns"],
    [{ keepRuns: "ten" }, "/keepRuns"],
    [{ callsAtOnce: 0 }, "/callsAtOnce"],
    [{ keepRuns: 1_000_001 }, "/keepRuns"],
  ])("refuse %j and stay as they were", async (given, pointer) => {
    const ada = await server.as("ada");
    const before = await ada.call("getPlaybookSettings", { params: { id: "other-leaf" } });
    for (const name of ["putPlaybookSettings", "putDefaultSettings"] as const)
      expect(await ada.refused(name, settings("other-leaf", given))).toMatchObject({ status: 400, code: "invalid-request", pointer });
    expect(await ada.call("getPlaybookSettings", { params: { id: "other-leaf" } })).toEqual(before);
  });

  it("refuse what is left out or not known, playbooks that are not there, and people who may not", async () => {
    const [ada, erik, anna] = [await server.as("ada"), await server.as("erik"), await server.as("anna")];
    expect(await ada.refused("putDefaultSettings", { body: { keepDays: 1 } })).toMatchObject({ status: 400 });
    expect(await ada.refused("putDefaultSettings", settings("x", { keepWeeks: 1 }))).toMatchObject({ status: 400 });
    expect(await erik.refused("putPlaybookSettings", settings("nowhere", {}))).toMatchObject({ status: 404 });
    expect(await erik.refused("getPlaybookSettings", { params: { id: "nowhere" } })).toMatchObject({ status: 404 });
    expect(await anna.refused("putPlaybookSettings", settings("leaf", {}))).toMatchObject({ status: 403 });
    expect(await erik.refused("putDefaultSettings", settings("x", {}))).toMatchObject({ status: 403 });
  });
});
