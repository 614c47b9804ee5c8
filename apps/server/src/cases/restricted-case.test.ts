import type { CaseDetail, CaseSummary, RunSummary } from "@drawbridge/protocol";
import { foldTrace, compile, type TraceEvent } from "@drawbridge/interpreter";
import { playbook as playbookSchema } from "@drawbridge/playbook";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { childPlaybook, restrictedPlaybook } from "../testing/documents.ts";
import { publish } from "../testing/publish.ts";
import { startTestServer, type TestClient, type TestServer, type TestSocket } from "../testing/test-server.ts";

interface Page<Item> {
  readonly items: readonly Item[];
  readonly total: number;
}

let server: TestServer;
let member: TestClient;
let outsider: TestClient;
let admin: TestClient;
let run: string;
let parent: string;
let child: string;
let childRun: string;
let outside: TestSocket;
let inside: TestSocket;

beforeAll(async () => {
  server = await startTestServer();
  [member, outsider, admin] = [await server.as("anna"), await server.as("tom"), await server.as("ada")];
  const engineer = await server.as("erik");
  await publish(engineer, childPlaybook);
  await publish(engineer, restrictedPlaybook(["anna@qrst.com"]));
  outside = outsider.socket();
  inside = member.socket();
  for (const socket of [outside, inside]) for (const topic of ["cases", "runs", "asks"]) expect(await socket.watch({ topic })).toEqual({ ok: true });
  run = (await outsider.call<{ id: string }>("startRun", { body: { playbook: "restricted" } })).id;
  for (const socket of [outside, inside]) await socket.watch({ topic: "run", id: run, from: 0 });
  await inside.until((messages) => messages.find((each) => each.name === "ask-changed" && each.message.ask.playbook.id === "asking-child"));
  await outside.until((messages) => messages.find((each) => each.name === "ask-changed" && each.message.ask.playbook.id === "restricted"));
  const cases = await member.call<Page<CaseSummary>>("listCases");
  parent = cases.items.find((each) => !each.restricted)?.id ?? "";
  child = cases.items.find((each) => each.restricted)?.id ?? "";
  childRun = (await member.call<Page<RunSummary>>("listRuns", { query: { playbook: "asking-child" } })).items[0]?.id ?? "";
});
afterAll(async () => {
  outside.close();
  inside.close();
  await server.close();
});

/** Everything that a person can be told of the child by. */
const tells = (value: unknown) => [child, childRun, "Secret investigation"].filter((mark) => JSON.stringify(value).includes(mark));

describe("a restricted case", () => {
  it("is there for its members and for admins", async () => {
    expect(child).toMatch(/^CASE-/);
    expect(childRun).not.toBe("");
    for (const person of [member, admin]) {
      expect((await person.call<CaseDetail>("getCase", { params: { id: child } })).parent).toBe(parent);
      expect((await person.call<CaseDetail>("getCase", { params: { id: parent } })).children).toEqual([{ id: child, title: "Secret investigation", restricted: true, members: 1 }]);
    }
  });

  it("answers others exactly as a case that does not exist, whatever they try", async () => {
    const { send } = {
      send: (id: string, name: Parameters<TestClient["send"]>[0], body?: unknown) =>
        outsider.refused(name, { params: { id, report: "r", evidence: "e" }, ...(body === undefined ? {} : { body }) }),
    };
    const tries: [Parameters<TestClient["send"]>[0], unknown?][] = [
      ["getCase"],
      ["listWarRoom"],
      ["updateCase", { title: "x" }],
      ["assignCase", { email: "tom@qrst.com" }],
      ["closeCase", { resolution: "x" }],
      ["setCaseMembers", { emails: ["tom@qrst.com"] }],
      ["openChild", { title: "x", restricted: true, members: ["tom@qrst.com"] }],
      ["changeSla", { name: "x", change: "stop" }],
      ["addEntry", { text: "hello" }],
      ["addEntry", { text: "!cases.get" }],
      ["addEvidence", { title: "x" }],
      ["createReport"],
      ["getReport"],
      ["deleteEvidence"],
    ];
    for (const [name, body] of tries) {
      const hidden = await send(child, name, body);
      expect(hidden, name).toEqual(await send("CASE-NEVERWAS00", name, body));
      expect(hidden.status, name).toBe(404);
    }
    expect((await outsider.refused("startRun", { body: { playbook: "restricted", caseId: child } })).status).toBe(404);
  });

  it("is in no list, search, count, or list of children", async () => {
    const everything = [
      await outsider.call("listCases", { query: { view: "all" } }),
      await outsider.call("listCases", { query: { view: "all", search: "secret" } }),
      await outsider.call("getCase", { params: { id: parent } }),
      await outsider.call("listWarRoom", { params: { id: parent } }),
      await outsider.call("listRuns"),
      await outsider.call("listRuns", { query: { caseId: child } }),
      await outsider.call("listAsks", { query: { state: "all" } }),
      await outsider.call("listAsks", { query: { state: "all", caseId: child } }),
      await outsider.call("listPlaybooks"),
    ];
    expect(everything.flatMap(tells)).toEqual([]);
    expect(await outsider.call("listCases")).toMatchObject({ total: 1, counts: { open: 1 } });
    expect(await outsider.call("getPlaybook", { params: { id: "asking-child" } })).toMatchObject({ running: 0, recentRuns: [], lastRunAt: null });
    expect(await member.call("getPlaybook", { params: { id: "asking-child" } })).toMatchObject({ running: 1, recentRuns: [{ id: childRun }] });
  });

  it("leaves no gap in the numbers of other cases", async () => {
    const next = await member.call<CaseSummary>("openCase", { body: { title: "Next", type: "x", severity: "low" } });
    expect(Number(next.id.slice(5))).toBe(Number(parent.slice(5)) + 1);
    await member.call("closeCase", { params: { id: next.id }, body: { resolution: "test" } });
  });

  it("is not named where a member mentions it on the parent case", async () => {
    await member.call("addEntry", { params: { id: parent }, body: { text: `See ${child}.` } });
    expect(tells(await outsider.call("listWarRoom", { params: { id: parent } }))).toEqual([]);
    expect(tells(await member.call("listWarRoom", { params: { id: parent } }))).toEqual([child]);
    const { id: report } = await outsider.call<{ id: string }>("createReport", { params: { id: parent } });
    expect(tells(await outsider.call("getReport", { params: { id: parent, report } }))).toEqual([]);
    expect(tells(await member.call("getReport", { params: { id: parent, report } }))).toEqual([]);
  });
});

describe("a run that opened a restricted case", () => {
  it("does not tell others of it: the steps are hidden, the numbers stay, the trace still folds", async () => {
    const seen = await outsider.call<{ hidden: string[]; playbook: unknown; children: unknown[] }>("getRun", { params: { id: run } });
    expect([...seen.hidden].sort()).toEqual(["investigate", "open-child"]);
    expect(seen.children).toEqual([]);
    const { events } = await outsider.call<{ events: TraceEvent[] }>("getTrace", { params: { id: run } });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect([child, childRun].filter((mark) => JSON.stringify(events).includes(mark))).toEqual([]);
    expect(JSON.stringify(events)).not.toContain("anna@qrst.com");
    const folded = foldTrace(compile(playbookSchema.parse(seen.playbook)), events);
    expect(folded?.status).toBe("running");
    const whole = await member.call<{ events: TraceEvent[] }>("getTrace", { params: { id: run } });
    expect(whole.events).toHaveLength(events.length);
    expect(JSON.stringify(whole.events)).toContain(child);
  });

  it("tells nothing by its outputs, and its child run is not there for others", async () => {
    const ask = (await outsider.call<Page<{ id: string; run: string }>>("listAsks")).items.find((each) => each.run === run);
    await outsider.call("answerAsk", { body: { id: ask?.id, answer: "yes" } });
    await outside.until((messages) => messages.find((each) => each.name === "run-events" && each.message.events.some((event) => event.type === "run-succeeded")));
    const { events } = await outsider.call<{ events: TraceEvent[] }>("getTrace", { params: { id: run } });
    expect(events.at(-1)).toMatchObject({ type: "run-succeeded", outputs: { child: null } });
    expect((await member.call<{ events: TraceEvent[] }>("getTrace", { params: { id: run } })).events.at(-1)).toMatchObject({ outputs: { child } });
    for (const name of ["getRun", "getTrace", "cancelRun", "pauseRun"] as const)
      expect((await outsider.refused(name, { params: { id: childRun }, ...(name === "cancelRun" ? { body: {} } : {}) })).status, name).toBe(404);
  });

  it("lets nobody outside answer what the child's run asks", async () => {
    const ask = (await member.call<Page<{ id: string; run: string }>>("listAsks", { query: { run: childRun } })).items[0];
    expect((await outsider.refused("answerAsk", { body: { id: ask?.id, answer: "yes" } })).status).toBe(404);
    await member.call("answerAsk", { body: { id: ask?.id, answer: "yes" } });
  });
});

describe("live messages", () => {
  it("say nothing of a restricted case to others, and refuse to watch it as if it were not there", async () => {
    await inside.until((messages) => messages.find((each) => each.name === "run-changed" && each.message.run.id === childRun && each.message.run.status === "succeeded"));
    expect(tells(outside.messages)).toEqual([]);
    expect(tells(inside.messages)).toEqual([child, childRun, "Secret investigation"]);
    expect(await outside.watch({ topic: "case", id: child })).toEqual(await outside.watch({ topic: "case", id: "CASE-NEVERWAS00" }));
    expect(await outside.watch({ topic: "run", id: childRun, from: 0 })).toEqual(await outside.watch({ topic: "run", id: "never", from: 0 }));
  });

  it("come to a new member, and end for one who is taken off", async () => {
    await member.call("setCaseMembers", { params: { id: child }, body: { emails: ["anna@qrst.com", "tom@qrst.com"] } });
    await outside.until((messages) => messages.find((each) => each.name === "case-changed" && each.message.id === child));
    expect((await outsider.send("getCase", { params: { id: child } })).status).toBe(200);
    await member.call("setCaseMembers", { params: { id: child }, body: { emails: ["anna@qrst.com"] } });
    await outside.until((messages) => messages.find((each) => each.name === "case-gone" && each.message.id === child));
    expect((await outsider.send("getCase", { params: { id: child } })).status).toBe(404);
  });
});
