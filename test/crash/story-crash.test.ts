import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ApiClient } from "@drawbridge/cli/api-client";
import { type SampleWorld, serveSampleWorld } from "@drawbridge/integrations/serve";
import type { TraceEvent } from "@drawbridge/interpreter";
import type { RunSummary } from "@drawbridge/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyHome, freePort, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";

/** Rounds of the story, each by another employee with another endpoint, and how often the server is killed in each. */
const rounds = [
  { exposure: "departing-executive", kills: 7 },
  { exposure: "employee", kills: 6 },
  { exposure: "no-manager", kills: 6 },
  { exposure: "manager-without-mailbox", kills: 6 },
];

/** A small generator of the moments at which the server is killed, the same in every run of the test. */
function moments(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Message {
  readonly messageId: string;
  readonly subject: string;
  readonly to: readonly string[];
}

describe("the story, with the server killed at random moments", () => {
  let home: string;
  let world: SampleWorld;
  let port: number;
  let server: ServerProcess;
  let api: ApiClient;
  let decided = 0;

  const start = async () => {
    server = await startServerProcess({
      home,
      port,
      environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_CONNECTIONS_FILE: join(home, "connections.json"), DRAWBRIDGE_POLL_SECONDS: "0.2", DRAWBRIDGE_LOG_LEVEL: "warn" },
    });
    api = await new ApiClient(server.url).signIn("ada.admin@qrst.com", "drawbridge");
  };
  const mails = () => (world.simulations.mail.state() as unknown as { messages: Message[] }).messages;
  const isolations = () => world.simulations["cortex-xdr"].changes().filter(({ what }) => what.startsWith("isolate-endpoint"));
  const traceOf = (run: string) => api.call<{ events: TraceEvent[] }>("getTrace", { params: { id: run }, query: { limit: "5000" } });

  /** Decides what is in doubt as a person would: by looking at the vendor. */
  const decide = async (run: RunSummary) => {
    const { events } = await traceOf(run.id);
    const open = new Map(events.flatMap((event) => (event.type === "step-in-doubt" ? [[event.effect, event.step] as const] : [])));
    for (const event of events) if (event.type === "doubt-decided") open.delete(event.effect);
    for (const [effect, step] of open) {
      const happened = step === "isolate-endpoint" ? isolations().length > 0 && (await endpointIsIsolating(events)) : mails().some(({ messageId }) => messageId.includes(effect));
      await api
        .call("decideDoubt", {
          params: { id: run.id },
          body: { effect, decision: happened ? "done" : "retry", ...(happened ? { output: { accepted: [], rejected: [], messageId: "seen" } } : {}) },
        })
        .catch(() => undefined);
      decided += 1;
    }
  };
  const endpointIsIsolating = async (events: readonly TraceEvent[]) => {
    const asked = events.find((event) => event.type === "attempt-started" && event.step === "isolate-endpoint");
    const id = asked?.type === "attempt-started" ? (asked.input as { endpointId?: string }).endpointId : undefined;
    return isolations().some(({ what }) => what.includes(id ?? "none"));
  };

  beforeAll(async () => {
    home = await emptyHome();
    port = await freePort();
    world = await serveSampleWorld({ seed: { code42: { alerts: [] }, "cortex-xdr": { secondsToIsolate: 1 } } });
    const connections = Object.fromEntries(Object.entries(world.connections).map(([id, connection]) => [id, { ...connection, allowPrivateNetwork: true }]));
    await writeFile(join(home, "connections.json"), JSON.stringify(connections), { mode: 0o600 });
    await start();
  });

  afterAll(async () => {
    await server?.stop();
    await world?.close();
    await removeHome(home);
  });

  it("ends every run as it would have, and sends nothing twice", { timeout: 600_000 }, async () => {
    const next = moments(2026);
    let kills = 0;
    for (const [index, round] of rounds.entries()) {
      world.simulations.code42.raiseAlert({ exposure: round.exposure });
      for (let kill = 0; kill < round.kills; kill += 1) {
        await new Promise((resolve) => setTimeout(resolve, Math.round(next() * 900)));
        await server.kill();
        kills += 1;
        await start();
      }
      for (let attempt = 0; attempt < 600; attempt += 1) {
        const { items } = await api.call<{ items: RunSummary[] }>("listRuns", { query: { playbook: "code42-exfiltration" } });
        for (const run of items) if (run.inDoubt > 0) await decide(run);
        if (items.length === index + 1 && items.every((run) => run.endedAt !== null)) break;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
    const { items } = await api.call<{ items: RunSummary[] }>("listRuns", { query: { playbook: "code42-exfiltration" } });
    for (const run of items) {
      const { events } = await traceOf(run.id);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, position) => position + 1));
    }
    const lost = rounds.length - items.filter((run) => run.outcome === "contained").length;
    const isolated = isolations().map(({ what }) => what);
    const subjects = mails().map(({ to, subject }) => `${to.join(" ")} ${subject}`);
    const duplicated =
      isolated.length - new Set(isolated).size + (mails().length - new Set(mails().map(({ messageId }) => messageId)).size) + (subjects.length - new Set(subjects).size);
    console.log(JSON.stringify({ runs: items.length, kills, lost, duplicated, inDoubt: decided }));
    expect({ runs: items.length, kills, lost, duplicated }).toEqual({ runs: rounds.length, kills: 25, lost: 0, duplicated: 0 });
  });
});
