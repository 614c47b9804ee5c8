import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type RunningServer, samplePassword } from "@drawbridge/server";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ApiClient } from "../api-client.ts";
import { exportRun } from "./export.ts";

const greeting = {
  schemaVersion: 1,
  id: "greeting",
  name: "Greeting",
  inputs: [{ key: "who", type: "string", required: true }],
  start: ["end"],
  steps: { end: { kind: "end", name: "End", outcome: "greeted" } },
};
const long = "x".repeat(40_000);

let home: string;
let server: RunningServer;
let run: string;
let outs = 0;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "drawbridge-"));
  server = await createServer({ port: 0, host: "127.0.0.1", home, sampleWorld: true, logLevel: "silent" });
  const api = await new ApiClient(server.url).signIn("marek.kowal@qrst.com", samplePassword);
  const { etag } = await api.call<{ etag: string }>("createPlaybook", { body: greeting });
  await api.call("publish", { params: { id: "greeting" }, body: { note: "First" }, headers: { "if-match": etag } });
  run = (await api.call<{ id: string }>("startRun", { body: { playbook: "greeting", input: { who: long } } })).id;
  await vi.waitFor(async () => expect(await api.call("getRun", { params: { id: run } })).toMatchObject({ run: { status: "succeeded" } }), 20_000);
  vi.stubEnv("DRAWBRIDGE_EMAIL", "marek.kowal@qrst.com");
  vi.stubEnv("DRAWBRIDGE_PASSWORD", samplePassword);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await server?.close();
  await rm(home, { recursive: true, force: true });
});

const exported = async (...words: string[]) => {
  const file = join(home, `out-${(outs += 1)}`);
  const code = await exportRun.run([...words, "--out", file]);
  return { code, text: code === 0 ? await readFile(file, "utf8") : "" };
};
const eventsIn = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { seq: number; type: string; input?: { who: string } });

describe("export", () => {
  it("writes a run's whole trace as JSON lines, the same from the server and from its data folder", async () => {
    const fromServer = await exported(run, "--server", server.url);
    const fromHome = await exported(run, "--home", home);
    const events = eventsIn(fromServer.text);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events[0]).toMatchObject({ type: "run-started", input: { who: long } });
    expect(eventsIn(fromHome.text)).toEqual(events);
  });

  it("writes a server's playbook in canonical form", async () => {
    const { code, text } = await exported("greeting", "--server", server.url);
    expect([code, JSON.parse(text)]).toMatchObject([0, { id: "greeting", name: "Greeting" }]);
  });

  it("says when there is nothing of that name, and wants to know where to look", async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect((await exported("nothing", "--server", server.url)).code).toBe(1);
    expect((await exported("nothing", "--home", home)).code).toBe(1);
    expect(said).toHaveBeenCalledTimes(2);
    said.mockRestore();
    await expect(exported(run)).rejects.toThrow("Say where it is");
    await expect(exported(run, "--home", join(home, "elsewhere"))).rejects.toThrow("no data folder");
  });
});
