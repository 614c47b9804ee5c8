import type { CaseDetail, CaseSummary, Evidence, RunSummary, WarRoomEntry } from "@drawbridge/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publish } from "../testing/publish.ts";
import { startTestServer, type TestClient, type TestServer } from "../testing/test-server.ts";

interface Queue {
  readonly items: readonly CaseSummary[];
  readonly next: string | null;
  readonly total: number;
  readonly counts: { readonly open: number; readonly unowned: number; readonly mine: number; readonly atRisk: number; readonly closed: number };
}

let server: TestServer;
let analyst: TestClient;
const open = (title: string) => analyst.call<CaseSummary>("openCase", { body: { title, type: "Exposure on an endpoint", severity: "high", subject: "John Anderson" } });

beforeAll(async () => {
  server = await startTestServer({ sampleWorld: true });
  analyst = await server.as("anna");
});
afterAll(() => server.close());

describe("the queue", () => {
  it("counts and filters what is open, unowned, mine and closed", async () => {
    const [one, two] = [await open("One"), await open("Two")];
    await analyst.call("assignCase", { params: { id: one.id }, body: { email: "anna@qrst.com" } });
    expect(await analyst.call<Queue>("listCases")).toMatchObject({ total: 2, counts: { open: 2, unowned: 1, mine: 1, atRisk: 0, closed: 0 } });
    expect((await analyst.call<Queue>("listCases", { query: { view: "mine" } })).items.map(({ id }) => id)).toEqual([one.id]);
    expect((await analyst.call<Queue>("listCases", { query: { search: "anna" } })).items.map(({ id }) => id)).toEqual([one.id]);
    const first = await analyst.call<Queue>("listCases", { query: { limit: "1" } });
    expect(first.items.map(({ id }) => id)).toEqual([two.id]);
    expect((await analyst.call<Queue>("listCases", { query: { limit: "1", cursor: first.next ?? "" } })).items.map(({ id }) => id)).toEqual([one.id]);
    await analyst.call("assignCase", { params: { id: one.id }, body: { email: null } });
    for (const { id } of [one, two]) await analyst.call("closeCase", { params: { id }, body: { resolution: "A test." } });
    expect((await analyst.call<Queue>("listCases", { query: { view: "closed" } })).counts).toEqual({ open: 0, unowned: 0, mine: 0, atRisk: 0, closed: 2 });
    expect(await analyst.refused("updateCase", { params: { id: one.id }, body: { severity: "low" } })).toMatchObject({ status: 409, code: "case-closed" });
  });
});

describe("an SLA clock", () => {
  it("is started, paused, resumed and stopped, and shows in the queue while it is late", async () => {
    const { id } = await open("Clocked");
    const change = (body: object) => analyst.call<CaseDetail>("changeSla", { params: { id }, body: { name: "Resolve", ...body } });
    expect(await analyst.refused("changeSla", { params: { id }, body: { name: "Resolve", change: "start" } })).toMatchObject({ code: "invalid-request", pointer: "/targetMs" });
    expect((await change({ change: "start", targetMs: 1 })).slas).toHaveLength(1);
    expect((await analyst.call<Queue>("listCases", { query: { view: "at-risk" } })).items.map((each) => [each.id, each.sla?.state])).toEqual([[id, "breached"]]);
    expect((await change({ change: "stop" })).slas[0]?.state).toBe("missed");
    const two = await analyst.call<CaseDetail>("changeSla", { params: { id }, body: { name: "Report", change: "start", targetMs: 3_600_000 } });
    expect(two.slas[1]?.state).toBe("in-time");
    expect((await analyst.call<CaseDetail>("changeSla", { params: { id }, body: { name: "Report", change: "pause" } })).slas[1]).toMatchObject({ state: "paused", dueAt: null });
    expect((await analyst.call<CaseDetail>("changeSla", { params: { id }, body: { name: "Report", change: "resume" } })).slas[1]?.state).toBe("in-time");
    expect(await analyst.refused("changeSla", { params: { id }, body: { name: "Unknown", change: "pause" } })).toMatchObject({ status: 404 });
  });
});

describe("the war room", () => {
  it("starts a playbook on the case with /run, by the inputs that it declares, and links its run", async () => {
    const triage = {
      schemaVersion: 1,
      id: "triage",
      name: "Triage",
      inputs: [
        { key: "who", type: "string", required: true },
        { key: "times", type: "number" },
      ],
      outputs: [{ key: "said", value: "{{ input.who }} {{ input.times }}" }],
      start: ["end"],
      steps: { end: { kind: "end", name: "End", outcome: "done" } },
    };
    const engineer = await server.as("erik");
    await publish(engineer, triage);
    const { id } = await open("Run on");
    const say = { params: { id } };
    const [entry] = (await analyst.call<{ entries: WarRoomEntry[] }>("addEntry", { ...say, body: { text: '/run triage who="Ada L" times=2' } })).entries;
    expect(entry).toMatchObject({ kind: "command", by: { name: "Anna Analyst" }, run: expect.any(String) as string, step: null });
    const { run } = await analyst.call<{ run: RunSummary }>("getRun", { params: { id: entry?.run ?? "" } });
    expect(run).toMatchObject({ caseId: id, playbook: { id: "triage" }, trigger: { kind: "war-room", by: "anna@qrst.com" } });
    for (const [text, code] of [
      ["/run triage", "invalid-input"],
      ["/run triage who=Ada times=many", "invalid-input"],
      ["/run triage where=here", "action-failed"],
      ["/run nothing", "not-found"],
    ])
      expect(await analyst.refused("addEntry", { ...say, body: { text } })).toMatchObject({ code, pointer: "/text" });
    expect(await (await server.as("vera")).refused("addEntry", { ...say, body: { text: "/run triage who=Ada" } })).toMatchObject({ status: 403 });
    expect((await analyst.call<{ total: number }>("listRuns", { query: { caseId: id } })).total).toBe(1);
    const [note] = (await analyst.call<{ entries: WarRoomEntry[] }>("addEntry", { ...say, body: { text: "/etc/passwd was read" } })).entries;
    expect(note).toMatchObject({ kind: "note" });
  });

  it("takes notes and commands: a command calls the vendor by the action's schema and shows its result", async () => {
    const { id } = await open("Commanded");
    const [note] = (await analyst.call<{ entries: WarRoomEntry[] }>("addEntry", { params: { id }, body: { text: "**Looking** into it." } })).entries;
    expect(note).toMatchObject({ kind: "note", by: { name: "Anna Analyst" }, text: "**Looking** into it.", integration: null });
    const [command] = (await analyst.call<{ entries: WarRoomEntry[] }>("addEntry", { params: { id }, body: { text: "!active-directory.get-user email=john.anderson@qrst.com" } }))
      .entries;
    expect(command).toMatchObject({ kind: "command", integration: "active-directory", data: { email: "john.anderson@qrst.com" } });
    const [failed] = (await analyst.call<{ entries: WarRoomEntry[] }>("addEntry", { params: { id }, body: { text: "!active-directory.get-user email=nobody@qrst.com" } })).entries;
    expect(failed).toMatchObject({ kind: "command", data: { failed: "not-found" } });
    expect(await analyst.refused("addEntry", { params: { id }, body: { text: "!active-directory.get-user nonsense=1" } })).toMatchObject({
      status: 422,
      code: "action-failed",
      pointer: "/text",
    });
    expect(await (await server.as("vera")).refused("addEntry", { params: { id }, body: { text: "!cases.get" } })).toMatchObject({ status: 403 });
    const room = await analyst.call<{ items: WarRoomEntry[]; total: number }>("listWarRoom", { params: { id } });
    expect(room.items.map((entry) => entry.kind)).toEqual(["system", "note", "command", "command"]);
    expect((await analyst.call<{ total: number }>("listWarRoom", { params: { id }, query: { kind: "command" } })).total).toBe(2);
  });

  it("marks an entry as evidence, and keeps the record of evidence that is taken off", async () => {
    const { id } = await open("Evident");
    const [note] = (await analyst.call<{ entries: WarRoomEntry[] }>("addEntry", { params: { id }, body: { text: "Seen on camera." } })).entries;
    const evidence = await analyst.call<Evidence>("addEvidence", { params: { id }, body: { title: "Camera", entry: note?.id } });
    expect(evidence).toMatchObject({ kind: "entry", title: "Camera", provenance: { by: "anna@qrst.com" } });
    expect((await analyst.call<{ items: WarRoomEntry[] }>("listWarRoom", { params: { id } })).items.find((entry) => entry.id === note?.id)?.evidence).toBe(evidence.id);
    await analyst.call("deleteEvidence", { params: { id, evidence: evidence.id } });
    expect((await analyst.call<CaseDetail>("getCase", { params: { id } })).evidence).toEqual([]);
    expect(await analyst.refused("deleteEvidence", { params: { id, evidence: evidence.id } })).toMatchObject({ status: 404 });
    expect((await analyst.call<{ items: WarRoomEntry[] }>("listWarRoom", { params: { id } })).items.at(-1)?.text).toBe("Taken off the evidence board: Camera.");
  });
});

describe("closing a case", () => {
  it("asks about its children: they stay open or are closed with it", async () => {
    for (const children of ["keep", "close"] as const) {
      const { id } = await open(`Parent ${children}`);
      const child = await analyst.call<CaseSummary>("openChild", { params: { id }, body: { title: "Child", restricted: false, members: [] } });
      await analyst.call("closeCase", { params: { id }, body: { resolution: "Done.", children } });
      expect((await analyst.call<CaseDetail>("getCase", { params: { id: child.id } })).status).toBe(children === "keep" ? "open" : "closed");
    }
  });
});

describe("a report", () => {
  it("is given as JSON, as a page that can run nothing, and as a PDF", async () => {
    const { id } = await open("Reported <script>alert(1)</script>");
    const { id: report } = await analyst.call<{ id: string }>("createReport", { params: { id } });
    expect((await analyst.call<CaseDetail>("getCase", { params: { id } })).reports).toMatchObject([{ id: report, by: "anna@qrst.com" }]);
    const page = await analyst.send("getReport", { params: { id, report }, query: { format: "html" } });
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.headers.get("content-security-policy")).toMatch(/^sandbox; default-src 'none'/);
    expect(await page.text()).not.toContain("<script");
    const pdf = await analyst.send("getReport", { params: { id, report }, query: { format: "pdf" } });
    expect([pdf.headers.get("content-type"), pdf.headers.get("content-disposition")]).toEqual(["application/pdf", `inline; filename="${report}.pdf"`]);
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
  });
});
