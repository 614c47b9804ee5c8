import type { TraceEvent } from "@drawbridge/interpreter";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askingPlaybook } from "../testing/documents.ts";
import { publish } from "../testing/publish.ts";
import { type Message, startTestServer, type TestClient, type TestServer, TestSocket } from "../testing/test-server.ts";

let server: TestServer;
let analyst: TestClient;
const sockets: TestSocket[] = [];
const connect = (client: TestClient) => {
  const socket = client.socket();
  sockets.push(socket);
  return socket;
};

/** Forty steps of pure logic: more events than one burst. */
const long = {
  schemaVersion: 1,
  id: "long",
  name: "Long",
  start: ["step-0"],
  steps: Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`step-${index}`, { kind: "wait", name: `Wait ${index}`, for: "PT0.01S", next: index === 39 ? [] : [`step-${index + 1}`] }]),
  ),
};

beforeAll(async () => {
  server = await startTestServer();
  analyst = await server.as("anna");
  const engineer = await server.as("erik");
  await publish(engineer, askingPlaybook());
  await publish(engineer, long);
});
afterAll(async () => {
  for (const socket of sockets) socket.close();
  await server.close();
});

const ended = (run: string) => (messages: readonly Message[]) =>
  messages.find((each) => each.name === "run-events" && each.message.run === run && each.message.events.some((event) => event.type === "run-succeeded"));

describe("watching a run", () => {
  it("gives the history and then what happens, in order, without a gap and nothing twice, from wherever it is begun", async () => {
    const { id } = await analyst.call<{ id: string }>("startRun", { body: { playbook: "long" } });
    const early = connect(analyst);
    await early.watch({ topic: "run", id, from: 0 });
    await early.until((messages) => (messages.length > 1 ? true : undefined));
    const late = connect(analyst);
    await late.watch({ topic: "run", id, from: 7 });
    await Promise.all([early.until(ended(id)), late.until(ended(id))]);
    const { events } = await analyst.call<{ events: TraceEvent[] }>("getTrace", { params: { id }, query: { limit: "5000" } });
    expect(early.runEvents(id)).toEqual(events);
    expect(late.runEvents(id)).toEqual(events.slice(7));
    const after = connect(analyst);
    expect(await after.watch({ topic: "run", id, from: events.length - 2 })).toEqual({ ok: true, lastSeq: events.length });
    await after.until(ended(id));
    expect(after.runEvents(id)).toEqual(events.slice(-2));
  });

  it("shows the run, its question and its case to whoever watches those", async () => {
    const socket = connect(analyst);
    for (const topic of ["runs", "asks", "cases"]) await socket.watch({ topic });
    const { id } = await analyst.call<{ id: string }>("startRun", { body: { playbook: "asking" } });
    const asked = await socket.until((messages) => messages.flatMap((each) => (each.name === "ask-changed" && each.message.ask.run === id ? [each.message.ask] : []))[0]);
    expect(asked).toMatchObject({ state: "open", mayAnswer: true, title: "Go on?", branches: [{ label: "yes" }, { label: "no" }] });
    await socket.watch({ topic: "case", id: asked.caseId });
    await analyst.call("answerAsk", { body: { id: asked.id, answer: "yes" } });
    await socket.until((messages) => messages.find((each) => each.name === "ask-changed" && each.message.ask.id === asked.id && each.message.ask.state === "answered"));
    await socket.until((messages) => messages.find((each) => each.name === "run-changed" && each.message.run.id === id && each.message.run.status === "succeeded"));
    const entries = await socket.until((messages) =>
      messages.flatMap((each) => (each.name === "case-entries" ? each.message.entries : [])).find((entry) => entry.text === "Somebody said yes."),
    );
    expect(entries).toMatchObject({ kind: "playbook", run: id, step: "note", stepName: "Write it down" });
    expect(await analyst.refused("answerAsk", { body: { id: asked.id, answer: "no" } })).toMatchObject({ status: 409, code: "ask-closed" });
  });
});

describe("a live connection", () => {
  it("is refused without a session", async () => {
    const socket = new TestSocket(server.url, "");
    sockets.push(socket);
    await new Promise<void>((resolve) => socket.socket.on("connect_error", () => resolve()));
    expect(socket.socket.connected).toBe(false);
  });

  it("answers messages of a wrong shape with a code and goes on", async () => {
    const socket = connect(analyst);
    for (const wrong of [null, 7, "runs", {}, { topic: "everything" }, { topic: "run", id: "x" }, { topic: "run", id: "x", from: -1 }, { topic: "case", id: "x".repeat(200) }]) {
      expect(await socket.watch(wrong)).toMatchObject({ ok: false, code: "invalid-request" });
    }
    expect(await socket.watch({ topic: "run", id: "no-such-run", from: 0 })).toMatchObject({ ok: false, code: "not-found" });
    socket.socket.emit("watch");
    socket.socket.emit("watch", { topic: "runs" });
    expect(await socket.watch({ topic: "runs" })).toEqual({ ok: true });
  });

  it("ends when the session does", async () => {
    const client = await server.as("tom");
    const socket = connect(client);
    await socket.watch({ topic: "runs" });
    const gone = new Promise<string>((resolve) => socket.socket.on("disconnect", resolve));
    await client.call("signOut");
    expect(await gone).toBe("io server disconnect");
  });
});

describe("having a playbook open", () => {
  const peopleIn = (id: string, wanted: readonly string[]) => (messages: readonly Message[]) => {
    const last = messages.filter((each) => each.name === "playbook-people" && each.message.id === id).at(-1);
    return last?.name === "playbook-people" && last.message.people.map(({ name }) => name).join() === wanted.join() ? true : undefined;
  };

  it("tells each person there of the others, once however many tabs they have, until the last of these is closed", async () => {
    const [erik, ada, adaToo] = [connect(await server.as("erik")), connect(await server.as("ada")), connect(await server.as("ada"))];
    await erik.watch({ topic: "playbook", id: "long" });
    await erik.until(peopleIn("long", ["Erik Engineer"]));
    await ada.watch({ topic: "playbook", id: "long" });
    await adaToo.watch({ topic: "playbook", id: "long" });
    await erik.until(peopleIn("long", ["Ada Admin", "Erik Engineer"]));
    await adaToo.until(peopleIn("long", ["Ada Admin", "Erik Engineer"]));
    ada.close();
    await new Promise<void>((resolve) => adaToo.socket.emit("unwatch", { topic: "playbook", id: "long" }, () => resolve()));
    await erik.until(peopleIn("long", ["Erik Engineer"]));
  });

  it("is refused for a playbook that is not there", async () => {
    expect(await connect(analyst).watch({ topic: "playbook", id: "nowhere" })).toMatchObject({ ok: false, code: "not-found" });
  });

  it("tells of versions to all, of rolling back, and of a saved draft to its own person only", async () => {
    const [engineer, admin] = [await server.as("erik"), await server.as("ada")];
    await publish(engineer, { ...long, id: "told" });
    const [hers, his] = [connect(admin), connect(engineer)];
    await hers.watch({ topic: "playbook", id: "told" });
    await his.watch({ topic: "playbook", id: "told" });
    const draft = await engineer.call<{ etag: string }>("saveDraft", { params: { id: "told" }, body: { ...long, id: "told", name: "Two" }, headers: { "if-match": '"v1"' } });
    await his.until((messages) => messages.find((each) => each.name === "draft-saved" && each.message.etag === draft.etag));
    await engineer.call("publish", { params: { id: "told" }, body: { note: "Second" }, headers: { "if-match": draft.etag } });
    const told = await hers.until((messages) => messages.find((each) => each.name === "version-published"));
    expect(told.message).toMatchObject({ id: "told", version: 2, by: { name: "Erik Engineer" }, note: "Second", rolledBackTo: null });
    await engineer.call("rollBack", { params: { id: "told" }, body: { version: 1, over: 2, note: "Back" } });
    await hers.until((messages) => messages.find((each) => each.name === "version-published" && each.message.version === 3 && each.message.rolledBackTo === 1));
    expect(hers.messages.some(({ name }) => name === "draft-saved")).toBe(false);
  });
});
