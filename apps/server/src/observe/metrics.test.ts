import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askingPlaybook } from "../testing/documents.ts";
import { publish } from "../testing/publish.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
const token = "a long metrics token";

beforeAll(async () => {
  server = await startTestServer({ metricsToken: token });
});
afterAll(() => server.close());

const forwarded = { "x-forwarded-for": "203.0.113.7" };
const ask = (headers: Record<string, string> = {}) => fetch(`${server.url}/metrics`, { headers });

describe("the metrics", () => {
  it("are for loopback clients and for those with the token; for others there is nothing", async () => {
    expect((await ask()).status).toBe(200);
    expect((await ask(forwarded)).status).toBe(404);
    expect((await ask({ ...forwarded, authorization: "Bearer wrong" })).status).toBe(404);
    expect((await ask({ ...forwarded, authorization: `Bearer ${token}` })).status).toBe(200);
  });

  it("tell of runs, calls and commits, and name no run or case", async () => {
    await publish(await server.as("erik"), askingPlaybook());
    const anna = await server.as("anna");
    const socket = anna.socket();
    const { id } = await anna.call<{ id: string }>("startRun", { body: { playbook: "asking" } });
    await socket.watch({ topic: "run", id, from: 0 });
    await socket.until(() => (socket.runEvents(id).some((event) => event.type === "ask-opened") ? true : undefined));
    const text = await (await ask()).text();
    socket.close();
    expect(text).toContain('drawbridge_runs_started_total{trigger="manual"} 1');
    expect(text).toContain('drawbridge_step_seconds_count{action="cases.open",outcome="succeeded"} 1');
    expect(text).toContain("drawbridge_socket_watchers 1");
    expect(text).toMatch(/drawbridge_commit_batch_turns_sum [1-9]/);
    for (const name of ["runs", "queue_wait_seconds_count", "queue_depth", "queue_oldest_seconds", "commit_seconds_count", "event_loop_delay_seconds"])
      expect(text).toMatch(new RegExp(`drawbridge_${name}(?:\\{|\\s)`));
    expect(text).toContain("process_cpu_seconds_total");
    const mentioned = (await anna.call<{ items: { id: string; title: string }[] }>("listCases")).items.flatMap((each) => [each.id, each.title]);
    for (const word of [id, ...mentioned, "anna@qrst.com"]) expect(text).not.toContain(word);
  });
});
