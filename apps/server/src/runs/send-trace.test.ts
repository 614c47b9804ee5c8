import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { childPlaybook, restrictedPlaybook } from "../testing/documents.ts";
import { publish } from "../testing/publish.ts";
import { startTestServer, type TestClient, type TestServer } from "../testing/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const exported = async (client: TestClient, id: string) => {
  const answer = await client.send("exportTrace", { params: { id } });
  expect(answer.headers.get("content-disposition")).toBe(`attachment; filename="${id}.jsonl"`);
  return (await answer.text())
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
};

describe("an exported trace", () => {
  it("has every entry once, in order, with large values in place", async () => {
    const steps = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`s${index}`, { kind: "set", name: `S${index}`, values: { count: index }, next: [index === 299 ? "end" : `s${index + 1}`] }]),
    );
    const end = { kind: "end", name: "End", outcome: "done" };
    await publish(await server.as("erik"), {
      schemaVersion: 1,
      id: "long",
      name: "Long",
      inputs: [{ key: "text", type: "string" }],
      start: ["s0"],
      steps: { ...steps, end },
    } as never);
    const anna = await server.as("anna");
    const text = "x".repeat(40_000);
    const socket = anna.socket();
    const { id } = await anna.call<{ id: string }>("startRun", { body: { playbook: "long", input: { text } } });
    await socket.watch({ topic: "run", id, from: 0 });
    await socket.until(() => (socket.runEvents(id).some((event) => event.type === "run-succeeded") ? true : undefined));
    socket.close();
    const lines = await exported(anna, id);
    const { lastSeq } = await anna.call<{ lastSeq: number }>("getTrace", { params: { id } });
    expect(lines.map((line) => line["seq"])).toEqual(Array.from({ length: lastSeq }, (_, index) => index + 1));
    expect(lastSeq).toBeGreaterThan(300);
    expect(lines[0]).toMatchObject({ type: "run-started", input: { text } });
  });

  it("hides what the trace hides, and is not there for a run that may not be seen", async () => {
    const erik = await server.as("erik");
    await publish(erik, childPlaybook);
    await publish(erik, restrictedPlaybook(["tom@qrst.com"]));
    const [anna, tom] = [await server.as("anna"), await server.as("tom")];
    const socket = tom.socket();
    const { id } = await tom.call<{ id: string }>("startRun", { body: { playbook: "restricted" } });
    await socket.watch({ topic: "run", id, from: 0 });
    await socket.until(() => (socket.runEvents(id).some((event) => event.type === "ask-opened") ? true : undefined));
    socket.close();
    expect(await exported(anna, id)).toEqual((await anna.call<{ events: unknown[] }>("getTrace", { params: { id } })).events);
    const { children } = await tom.call<{ children: { id: string }[] }>("getRun", { params: { id } });
    expect(await anna.refused("exportTrace", { params: { id: children[0]?.id ?? "" } })).toMatchObject({ status: 404, code: "not-found" });
  });
});
