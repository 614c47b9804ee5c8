import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type RunningServer, samplePassword } from "@drawbridge/server";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ApiClient } from "../api-client.ts";
import { exportRun } from "./export.ts";
import { importPlaybook } from "./import.ts";

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

  it("writes a playbook with what it calls as one bundle, which import writes to a folder for each", async () => {
    const api = await new ApiClient(server.url).signIn("marek.kowal@qrst.com", samplePassword);
    const calling = {
      schemaVersion: 1,
      id: "calling",
      name: "Calling",
      start: ["greet"],
      steps: { greet: { kind: "call", name: "Greet", playbook: "greeting", with: { who: "you" } } },
    };
    await api.call("createPlaybook", { body: calling });
    const { code, text } = await exported("calling", "--server", server.url, "--bundle");
    expect([code, JSON.parse(text)]).toMatchObject([0, { bundleVersion: 1, root: "calling", playbooks: [{ id: "calling" }, { id: "greeting" }] }]);
    const said = vi.spyOn(console, "log").mockImplementation(() => undefined);
    const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const [file, broken, folder] = [join(home, "bundle.json"), join(home, "broken-bundle.json"), join(home, "from-bundle")];
    await writeFile(file, text);
    await writeFile(broken, JSON.stringify({ bundleVersion: 1, root: "x", playbooks: [{}] }));
    expect(await importPlaybook.run([file, "--out", folder])).toBe(0);
    expect(JSON.parse(await readFile(join(folder, "greeting", "playbook.json"), "utf8"))).toMatchObject({ id: "greeting" });
    expect(await importPlaybook.run([broken, "--out", folder])).toBe(1);
    await expect(importPlaybook.run([file])).rejects.toThrow("--out <folder>");
    expect((await exported("nothing", "--server", server.url, "--bundle")).code).toBe(1);
    await expect(exported("calling", "--home", home, "--bundle")).rejects.toThrow("comes from a server");
    said.mockRestore();
    error.mockRestore();
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
