import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type RunningServer, samplePassword } from "@drawbridge/server";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiClient } from "../api-client.ts";
import { backtest } from "./backtest.ts";
import { exportRun } from "./export.ts";

const greeting = (limit: number, id = "greeting") => ({
  schemaVersion: 1,
  id,
  name: "Greeting",
  inputs: [{ key: "age", type: "number", required: true }],
  start: ["old"],
  steps: {
    old: { kind: "condition", name: "Old?", branches: [{ label: "yes", when: { ">=": [{ var: "input.age" }, limit] }, next: ["formal"] }], otherwise: { next: ["casual"] } },
    formal: { kind: "end", name: "Formal", outcome: "formal" },
    casual: { kind: "end", name: "Casual", outcome: "casual" },
  },
});

let home: string;
let server: RunningServer;
const runs: string[] = [];
const said: string[] = [];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "drawbridge-"));
  server = await createServer({ port: 0, host: "127.0.0.1", home, sampleWorld: true, logLevel: "silent" });
  const api = await new ApiClient(server.url).signIn("marek.kowal@qrst.com", samplePassword);
  const { etag } = await api.call<{ etag: string }>("createPlaybook", { body: greeting(40) });
  await api.call("publish", { params: { id: "greeting" }, body: { note: "First" }, headers: { "if-match": etag } });
  for (const age of [30, 50, 70]) {
    const { id } = await api.call<{ id: string }>("startRun", { body: { playbook: "greeting", input: { age } } });
    await vi.waitFor(async () => expect(await api.call("getRun", { params: { id } })).toMatchObject({ run: { status: "succeeded" } }), 20_000);
    runs.push(id);
  }
  vi.stubEnv("DRAWBRIDGE_EMAIL", "marek.kowal@qrst.com");
  vi.stubEnv("DRAWBRIDGE_PASSWORD", samplePassword);
  for (const id of runs) await exportRun.run([id, "--server", server.url, "--out", join(home, `${id}.jsonl`)]);
  for (const limit of [40, 60]) await writeFile(join(home, `from-${limit}.json`), JSON.stringify(greeting(limit)));
  await writeFile(join(home, "other.json"), JSON.stringify(greeting(40, "other")));
  await writeFile(join(home, "broken.txt"), "{}\n");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await server?.close();
  await rm(home, { recursive: true, force: true });
});
beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, "log").mockImplementation((text: string) => void said.push(text));
});

const tested = async (...words: string[]) => {
  const code = await backtest.run([...words, "--json"]);
  return { code, report: JSON.parse(said.at(-1) ?? "") as { results: { run: string; verdict: string }[] } };
};

describe("backtest", () => {
  it("exits with 0 when every run goes the same way", async () => {
    expect(await tested(join(home, "from-40.json"), "--runs", home)).toMatchObject({
      code: 0,
      report: { playbook: "greeting", runs: 3, same: 3, other: 0, unknown: 0, skipped: 0 },
    });
  });

  it("exits with 1 and names the runs that go another way, the same from files and from a server", async () => {
    const fromFiles = await tested(join(home, "from-60.json"), "--runs", home, "--before", join(home, "from-40.json"));
    expect(fromFiles).toMatchObject({ code: 1, report: { runs: 3, same: 2, other: 1 } });
    expect(fromFiles.report.results.find(({ verdict }) => verdict === "other")).toMatchObject({
      run: runs[1],
      parting: { step: "old", before: { way: "branch:yes" }, now: { way: "otherwise" } },
      before: { outcome: "formal" },
      now: { outcome: "casual" },
    });
    const fromServer = await tested(join(home, "from-60.json"), "--server", server.url);
    expect(fromServer.code).toBe(1);
    const byRun = (results: { run: string }[]) => [...results].sort((one, other) => one.run.localeCompare(other.run));
    expect(byRun(fromServer.report.results)).toEqual(byRun(fromFiles.report.results));
    expect((await tested(join(home, "from-60.json"), "--server", server.url, "--last", "1")).report).toMatchObject({ runs: 1, same: 1 });
  });

  it("says in words where the ways part", async () => {
    expect(await backtest.run([join(home, "from-60.json"), "--runs", join(home, `${runs[1]}.jsonl`)])).toBe(1);
    expect(said.join("\n")).toContain("parts at old: succeeded, yes before, succeeded, otherwise now");
    expect(said.at(-1)).toBe("1 runs: 0 the same way, 1 another way, 0 unknown; 0 change something with other input");
  });

  it("leaves traces of other playbooks out", async () => {
    expect(await tested(join(home, "other.json"), "--runs", home)).toMatchObject({ code: 0, report: { runs: 0, skipped: 3 } });
  });

  it("refuses wrong use", async () => {
    const document = join(home, "from-40.json");
    await expect(backtest.run([document])).rejects.toThrow("Say where the runs are");
    await expect(backtest.run([document, "--runs", join(home, "nowhere")])).rejects.toThrow("nothing at");
    await expect(backtest.run([document, "--runs", join(home, "broken.txt")])).rejects.toThrow("broken.txt:1 is not an entry");
    await expect(backtest.run([join(home, `${runs[0]}.jsonl`), "--runs", home])).rejects.toThrow("not one playbook");
    await expect(backtest.run([document, "--server", server.url, "--last", "none"])).rejects.toThrow("--last");
  });
});
