import { ActionError, callAction, type Json, registerActions } from "@drawbridge/integration-kit";
import { beforeEach, describe, expect, it } from "vitest";
import { cases } from "../index.ts";
import { type CaseSimulation, simulateCases } from "../simulator/simulate-cases.ts";

const registry = registerActions([cases]);
const minute = 60_000;
const start = Date.parse("2026-11-24T09:14:00.000Z");

let now: number;
let simulation: CaseSimulation;
let attempts: number;
beforeEach(() => {
  now = start;
  attempts = 0;
  simulation = simulateCases(null, () => now);
});

interface Options {
  readonly key?: string;
  readonly caseId?: string | null;
  readonly actor?: string;
  readonly byPerson?: boolean;
}

const call = async (action: string, input: Json, { key, caseId = "CASE-2041", actor = "playbook:code42-exfiltration", byPerson = false }: Options = {}) => {
  attempts += 1;
  return (await callAction(registry, {
    action: `cases.${action}`,
    input,
    context: {
      client: simulation.client(),
      idempotencyKey: key ?? `run-1/${action}/${attempts}`,
      signal: new AbortController().signal,
      log: () => undefined,
      now: () => now,
      run: byPerson ? null : { id: "run-1", playbook: "code42-exfiltration", step: action },
      caseId,
      actor,
    },
  })) as Record<string, Json> & { case: Record<string, Json> };
};
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error: unknown) => (error instanceof ActionError ? error.code : error),
  );
const alert = { source: "code42", id: "36fb8ca5" };
const openCase = (options?: Options) =>
  call(
    "open",
    { title: "Exposure on an endpoint", type: "insider-threat", subject: "John Anderson", severity: "high", alert, fields: { alertType: "Exposure on an endpoint", rule: null } },
    { caseId: null, ...options },
  );

describe("cases.open", () => {
  it("opens a case with its facts and where they came from", async () => {
    const opened = await openCase();
    expect(opened).toMatchObject({
      id: "CASE-2041",
      created: true,
      case: { id: "CASE-2041", status: "open", severity: "high", alert, fields: { alertType: "Exposure on an endpoint" }, owner: null, createdAt: "2026-11-24T09:14:00.000Z" },
    });
    expect(opened.case["fields"]).not.toHaveProperty("rule");
    expect(simulation.desk.records()[0]?.fields["alertType"]?.from).toEqual({ at: "2026-11-24T09:14:00.000Z", by: "playbook:code42-exfiltration", run: "run-1", step: "open" });
  });

  it("answers with the open case about the same alert, and opens a new one once that is closed", async () => {
    await openCase();
    expect(await openCase()).toMatchObject({ id: "CASE-2041", created: false });
    await call("close", { resolution: "A test." });
    expect(await openCase()).toMatchObject({ id: "CASE-2042", created: true });
  });

  it("does what it did when the same key comes again, though the case was closed since", async () => {
    await openCase({ key: "k" });
    await call("close", { resolution: "A test." });
    expect(await openCase({ key: "k" })).toMatchObject({ id: "CASE-2041", created: true, case: { status: "open" } });
    expect(simulation.desk.records()).toHaveLength(1);
  });
});

describe("case actions", () => {
  beforeEach(async () => void (await openCase()));

  it("need a case", async () => {
    expect(await codeOf(call("get", {}, { caseId: null }))).toBe("invalid-input");
    expect(await codeOf(call("get", { case: "CASE-1" }))).toBe("not-found");
    expect(await call("get", { case: "CASE-2041" }, { caseId: null })).toMatchObject({ case: { id: "CASE-2041" } });
  });

  it("fill in facts, keep what is null, and tell the step that found them", async () => {
    await call("update", { source: "get-employee", fields: { username: "janderson", ip: ["10.20.4.61"], department: null, badge: { level: 3 } }, status: "contained" });
    const updated = await call("update", { fields: { username: null } });
    expect(updated.case).toMatchObject({ status: "contained", fields: { username: "janderson", ip: ["10.20.4.61"], badge: { level: 3 } } });
    expect(simulation.desk.records()[0]?.fields["username"]?.from.step).toBe("get-employee");
    expect(await codeOf(call("update", { fields: { "<script>": 1 } }))).toBe("invalid-input");
    expect(await codeOf(call("update", { status: "closed" }))).toBe("invalid-input");
  });

  it("add each file event once, and only count them when there are many", async () => {
    const events = Array.from({ length: 30 }, (_, at) => ({
      id: `e${at}`,
      fileName: `file-${at}.xlsx`,
      fileSize: 1000,
      eventTimestamp: "2026-11-24T08:41:10Z",
      destination: "SanDisk USB",
      destinationKind: "removable-media",
      extra: "ignored",
    }));
    const few = await call("add-file-events", { events: events.slice(0, 7) });
    expect(few).toMatchObject({ added: 7, case: { fileEventCount: 7, fileEventBytes: 7000 } });
    expect((few.case["fileEvents"] as Json[])[0]).toMatchObject({ id: "e0", at: "2026-11-24T08:41:10.000Z", sha256: null });
    const many = await call("add-file-events", { events });
    expect(many).toMatchObject({ added: 23, case: { fileEventCount: 30, fileEventBytes: 30_000, fileEvents: [] } });
    expect(await codeOf(call("add-file-events", { events: [{ id: "x", fileName: "x", at: "yesterday" }] }))).toBe("invalid-input");
  });

  it("assign the owner by name and by rule, as a member of the team", async () => {
    expect(await call("assign", { rule: "by-alert-type" })).toMatchObject({
      owner: { email: "priya.nair@qrst.com" },
      reason: "owns alerts of the type Exposure on an endpoint",
      case: { owner: { name: "Priya Nair" }, members: [{ email: "priya.nair@qrst.com" }] },
    });
    expect(await call("assign", { owner: "tom.okafor@qrst.com", rule: "on-call" })).toMatchObject({ owner: { name: "Tom Okafor" } });
    expect(await call("assign", { rule: "least-busy", among: ["ana.lima@qrst.com"] })).toMatchObject({ owner: { name: "Ana Lima" } });
    expect(await codeOf(call("assign", { rule: "on-call", among: ["nobody@qrst.com"] }))).toBe("not-found");
    expect(await codeOf(call("assign", {}))).toBe("invalid-input");
  });

  it("start, pause, resume and stop a clock", async () => {
    const name = "Resolve within 1 h";
    const clockOf = (answer: { case: Record<string, Json> }) => (answer.case["sla"] as { state: string; elapsedMs: number; targetMs: number }[])[0];
    expect(clockOf(await call("start-sla", { name, target: "PT1H", atRiskAt: "PT50M" }))).toMatchObject({ state: "in-time", targetMs: 60 * minute, atRiskMs: 50 * minute });
    now += 10 * minute;
    expect((await call("start-sla", { name, target: "PT2H" })).case["sla"]).toHaveLength(1);
    await call("pause-sla", { name });
    now += 60 * minute;
    expect(clockOf(await call("resume-sla", { name }))).toMatchObject({ state: "in-time", elapsedMs: 10 * minute });
    now += 41 * minute;
    expect(clockOf(await call("get", {}))).toMatchObject({ state: "at-risk" });
    expect(clockOf(await call("stop-sla", { name }))).toMatchObject({ state: "met", elapsedMs: 51 * minute });
    expect(await codeOf(call("stop-sla", { name }))).toBe("no error");
    expect(await codeOf(call("pause-sla", { name: "Another" }))).toBe("not-found");
    expect(await codeOf(call("start-sla", { name: "x", target: "an hour" }))).toBe("invalid-input");
    expect(await codeOf(call("start-sla", { name: "x", target: "PT0S" }))).toBe("invalid-input");
  });

  it("open a restricted child with its own team that leaves no trace on the parent", async () => {
    await call("update", { fields: { username: "janderson", manager: "Dana Whitfield" } });
    const before = simulation.desk.records()[0]?.entries.length;
    const opened = await call("open-child", { title: "Executive investigation", members: ["helen.brandt@qrst.com"], owner: "max.keller@qrst.com", copyFields: ["username"] });
    expect(opened).toMatchObject({
      id: "CASE-2042",
      case: { id: "CASE-2041", children: [] },
      child: { parent: "CASE-2041", restricted: true, severity: "high", fields: { username: "janderson" } },
    });
    expect((opened["child"] as { members: { email: string }[] }).members.map(({ email }) => email)).toEqual(["helen.brandt@qrst.com", "max.keller@qrst.com"]);
    expect((opened["child"] as { fields: object }).fields).not.toHaveProperty("manager");
    expect(simulation.desk.records()[0]?.entries.length).toBe(before);
    const report = await call("report", {});
    expect(JSON.stringify([report, await call("get", {})])).not.toContain("CASE-2042");
    const visible = await call("open-child", { title: "Second laptop", restricted: false });
    expect(visible.case["children"]).toEqual(["CASE-2043"]);
  });

  it("write to the war room, add evidence and link cases", async () => {
    const note = await call("add-note", { text: "Two hosts share **10.20.4.61**.", data: [{ host: "JANDERSON-LT" }] });
    const entry = simulation.desk.records()[0]?.entries.find(({ id }) => id === note["entry"]);
    expect(entry).toMatchObject({ kind: "playbook", step: "add-note", run: "run-1", by: null, data: [{ host: "JANDERSON-LT" }] });
    await call("add-note", { text: "Keep this among us." }, { actor: "helen.brandt@qrst.com", byPerson: true });
    expect(simulation.desk.records()[0]?.entries.at(-1)).toMatchObject({ kind: "note", by: { name: "Helen Brandt" } });
    const added = await call("add-evidence", { title: "Roadmap-2027.pptx", kind: "file", hash: "9f2c", source: "get-alert", data: { size: 18_400_000 } });
    expect(added.case["evidenceCount"]).toBe(1);
    expect(simulation.desk.records()[0]?.evidence[0]).toMatchObject({ id: added["evidence"], hash: "9f2c", provenance: { step: "get-alert" } });
    const other = await call("open", { title: "Lost laptop", type: "loss" }, { caseId: null });
    await call("link", { other: "CASE-2042" });
    expect((await call("link", { other: "CASE-2042" })).case["linked"]).toEqual(["CASE-2042"]);
    expect((await call("get", { case: String(other["id"]) })).case["linked"]).toEqual(["CASE-2041"]);
    expect(await codeOf(call("link", { other: "CASE-2041" }))).toBe("invalid-input");
  });

  it("close with the clocks stopped, and take no more changes then", async () => {
    await call("start-sla", { name: "Resolve", target: "PT1H" });
    await call("open-child", { title: "Child", restricted: false });
    const closed = await call("close", { resolution: "Files were recovered.", children: "close" });
    expect(closed.case).toMatchObject({ status: "closed", resolution: "Files were recovered.", closedAt: "2026-11-24T09:14:00.000Z", sla: [{ state: "met" }] });
    expect((await call("get", { case: "CASE-2042" })).case["status"]).toBe("closed");
    expect(await codeOf(call("update", { fields: { username: "x" } }))).toBe("conflict");
    expect(await codeOf(call("start-sla", { name: "Again", target: "PT1H" }))).toBe("conflict");
    expect(await codeOf(call("close", { resolution: "Twice." }))).toBe("no error");
    expect(await codeOf(call("add-note", { text: "An afterthought." }))).toBe("no error");
  });

  it("change once however often they are sent with one key", async () => {
    const send = () =>
      Promise.all(
        ["update", "add-note", "add-evidence", "report"].map((action) =>
          call(action, { update: { fields: { risk: "High" } }, "add-note": { text: "Once." }, "add-evidence": { title: "Once" }, report: {} }[action] ?? {}, { key: "same" }),
        ),
      );
    const first = await send();
    now += minute;
    expect(await send()).toEqual(first);
    const [record] = simulation.desk.records();
    expect([record?.evidence.length, record?.reports.length, record?.entries.length]).toEqual([1, 1, 5]);
    expect(simulation.changes().filter(({ what }) => what.endsWith(" same"))).toHaveLength(4);
  });

  it("fail as a scenario says", async () => {
    simulation.fail({ operation: "start-sla", times: 1 });
    simulation.fail({ operation: "assign", times: 1, code: "conflict" });
    expect(await codeOf(call("start-sla", { name: "x", target: "PT1H" }))).toBe("unavailable");
    expect(await codeOf(call("start-sla", { name: "x", target: "PT1H" }))).toBe("no error");
    expect(await codeOf(call("assign", { rule: "on-call" }))).toBe("conflict");
  });
});
