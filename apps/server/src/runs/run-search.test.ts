import { firstRunIdAt } from "@drawbridge/engine/embedded";
import type { RunStats, RunSummary, SavedRunView } from "@drawbridge/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../store/open-store.ts";
import { childPlaybook, restrictedPlaybook } from "../testing/documents.ts";
import { publish } from "../testing/publish.ts";
import { startTestServer, type TestClient, type TestServer } from "../testing/test-server.ts";
import { runSlices } from "./run-slices.ts";

interface Page {
  readonly items: readonly RunSummary[];
  readonly next: string | null;
  readonly total: number;
  readonly looked: { readonly complete: boolean; readonly since: string | null };
}

let server: TestServer;
let anna: TestClient;
let tom: TestClient;
let ada: TestClient;

const end = { kind: "end", name: "End", outcome: "done" };
const short = (id: string) => ({
  schemaVersion: 1,
  id,
  name: `The ${id}`,
  inputs: [
    { key: "who", type: "string" },
    { key: "files", type: "array" },
  ],
  start: ["check"],
  steps: {
    check: { kind: "script", name: "Check", source: "if (input.who === 'nobody') throw new Error('no'); return 1;", with: { who: "{{ input.who }}" }, next: ["end"] },
    end,
  },
});
const start = async (client: TestClient, playbook: string, input: object = {}, more: object = {}) =>
  (await client.call<{ id: string }>("startRun", { body: { playbook, input, ...more } })).id;
const list = (client: TestClient, query: Record<string, string> = {}) => client.call<Page>("listRuns", { query });
const stats = (client: TestClient, query: Record<string, string> = {}) => client.call<RunStats>("getRunStats", { query });
const ids = ({ items }: Page) => items.map(({ id }) => id);

/** Resolves when the run has come so far. */
const until = async (client: TestClient, id: string, type: string) => {
  const socket = client.socket();
  await socket.watch({ topic: "run", id, from: 0 });
  await socket.until(() => (socket.runEvents(id).some((event) => event.type === type) ? true : undefined));
  socket.close();
};

beforeAll(async () => {
  server = await startTestServer();
  [anna, tom, ada] = [await server.as("anna"), await server.as("tom"), await server.as("ada")];
  const erik = await server.as("erik");
  for (const document of [short("leaver"), short("joiner"), childPlaybook, restrictedPlaybook(["anna@qrst.com"])]) await publish(erik, document);
});
afterAll(() => server.close());

describe("a search for runs", () => {
  let leaver: string;
  let failed: string;
  let joiner: string;

  beforeAll(async () => {
    leaver = await start(anna, "leaver", { who: "John O'Hara", files: [{ name: "Salaries 100%.xlsx" }, { name: "plan_b.docx" }] });
    failed = await start(anna, "leaver", { who: "nobody" });
    joiner = await start(tom, "joiner", { who: "Émile", files: ["x".repeat(40_000), "after a large one"] });
    await until(anna, leaver, "run-succeeded");
    await until(anna, failed, "run-failed");
    await until(anna, joiner, "run-succeeded");
  });

  it("finds by playbook, state, failed step, error code, time and words, and all of them together", async () => {
    expect(ids(await list(anna))).toEqual([joiner, failed, leaver]);
    expect(ids(await list(anna, { playbook: "leaver" }))).toEqual([failed, leaver]);
    expect(ids(await list(anna, { status: "failed" }))).toEqual([failed]);
    expect(ids(await list(anna, { failedStep: "check" }))).toEqual([failed]);
    const code = (await list(anna, { status: "failed" })).items[0]?.errorCode ?? "";
    expect(code).not.toBe("");
    expect(ids(await list(anna, { errorCode: code }))).toEqual([failed]);
    expect(ids(await list(anna, { errorCode: "other" }))).toEqual([]);
    expect(ids(await list(anna, { search: "the joiner" }))).toEqual([joiner]);
    const { startedAt = "" } = (await list(anna, { playbook: "joiner" })).items[0] ?? {};
    expect(ids(await list(anna, { from: startedAt, to: startedAt }))).toEqual([joiner]);
    expect(ids(await list(anna, { to: new Date(Date.parse(startedAt) - 1).toISOString() }))).toEqual([failed, leaver]);
    expect(ids(await list(anna, { playbook: "leaver", status: "failed", failedStep: "check", errorCode: code, input: "NOBODY", search: "leaver" }))).toEqual([failed]);
  });

  it("finds a value in what a run was started with, wherever it stands and whatever letters it has", async () => {
    for (const [words, expected] of [
      ["o'hara", leaver],
      ["100%.X", leaver],
      ["plan_b", leaver],
      ["éMILE", joiner],
    ] as const)
      expect(await list(anna, { input: words }), words).toMatchObject({ total: 1, items: [{ id: expected }], looked: { complete: true, since: null } });
    expect(ids(await list(anna, { input: "planxb" }))).toEqual([]);
  });

  it("goes through all by cursors, nothing twice, and tells of newer ones", async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const page: Page = await list(anna, { limit: "1", ...(cursor === "" ? {} : { cursor }) });
      expect(page.total).toBe(3);
      seen.push(...ids(page));
      cursor = page.next;
    }
    expect(seen).toEqual([joiner, failed, leaver]);
    expect(await list(anna, { after: failed })).toMatchObject({ total: 1, items: [{ id: joiner }] });
  });

  it("cuts a long search into slices and says when something older was left out", async () => {
    const { store, close } = await openStore(server.home, server.databaseUrl, () => undefined);
    const slices = async (most: number) => {
      const all = [];
      for await (const slice of runSlices(store, {}, most, 2)) all.push(slice);
      return all;
    };
    expect(await slices(100)).toEqual([
      { low: failed, high: null, last: false },
      { low: null, high: failed, last: true },
    ]);
    expect((await slices(1)).map(({ last }) => last)).toEqual([false]);
    await close();
  });

  it("counts by state and playbook, with how long the runs took", async () => {
    const counted = await stats(anna, { status: "failed" });
    expect(counted).toMatchObject({ runs: 3, states: { succeeded: 2, failed: 1, running: 0 }, failedSteps: [{ step: "check", runs: 1 }], looked: { complete: true } });
    expect(counted.playbooks.map(({ id, name, runs }) => [id, name, runs])).toEqual([
      ["leaver", "The leaver", 2],
      ["joiner", "The joiner", 1],
    ]);
    const [leavers] = counted.playbooks;
    expect(leavers?.bars.reduce((sum, bar) => sum + bar.failed, 0)).toBe(1);
    expect(leavers?.bars).toHaveLength(24);
    expect(leavers?.took?.p50).toBeLessThanOrEqual(leavers?.took?.p95 ?? 0);
    expect(await stats(anna, { input: "o'hara" })).toMatchObject({ runs: 1, playbooks: [{ id: "leaver" }] });
  });

  it("refuses a time or a cursor that is none", async () => {
    expect(await anna.refused("listRuns", { query: { from: "yesterday" } })).toMatchObject({ status: 400 });
    expect(await anna.refused("listRuns", { query: { cursor: "!" } })).toMatchObject({ status: 400 });
  });

  it("keeps ids and times in one order", () => {
    expect(firstRunIdAt(1_000) < firstRunIdAt(1_001)).toBe(true);
    expect(firstRunIdAt(Date.now()) > leaver.slice(0, 9)).toBe(true);
  });
});

describe("a restricted case", () => {
  let parent: string;
  let child: string;
  let caseId: string;

  beforeAll(async () => {
    parent = await start(tom, "restricted");
    await until(anna, parent, "ask-opened");
    const children = await list(anna, { playbook: "asking-child" });
    child = ids(children)[0] ?? "";
    caseId = children.items[0]?.caseId ?? "";
    await until(anna, child, "ask-opened");
  });

  it("has runs that are neither listed, counted nor found for who may not see it", async () => {
    const tries: Record<string, string>[] = [
      { playbook: "asking-child" },
      { caseId },
      { search: child },
      { search: caseId },
      { attention: "asks", search: "child" },
      { after: parent, search: "child" },
    ];
    for (const query of tries) {
      expect((await list(anna, query)).total, JSON.stringify(query)).toBe(1);
      expect(await list(tom, query), JSON.stringify(query)).toMatchObject({ total: 0, items: [], next: null });
      const { attention: _attention, after: _after, ...counted } = query;
      expect((await stats(anna, counted)).runs).toBe(1);
      expect(await stats(tom, counted)).toMatchObject({ runs: 0, playbooks: [], asks: 0 });
    }
    expect((await stats(anna)).asks).toBe((await stats(tom)).asks + 1);
  });

  it("is not found by its id in another run's input, nor is a run on it", async () => {
    const seen = await start(tom, "leaver", { who: `openly, about ${caseId}`, files: ["openly too"] });
    await until(tom, seen, "run-succeeded");
    for (const words of [caseId, caseId.slice(2), "about case"]) {
      expect(ids(await list(anna, { input: words })), words).toEqual([seen]);
      expect(await list(tom, { input: words }), words).toMatchObject({ total: 0, items: [] });
      expect(await stats(tom, { input: words }), words).toMatchObject({ runs: 0 });
    }
    expect(ids(await list(tom, { input: "openly too" }))).toEqual([seen]);
  });

  it("does not tell by a step that failed", async () => {
    const document = restrictedPlaybook(["anna@qrst.com"], "doomed");
    const opening = document.steps["open-child"];
    const steps = { ...document.steps, "open-child": { ...opening, with: { ...opening.with, title: "{{ input.title }}" } } };
    const doomed = { ...document, inputs: [{ key: "title", type: "string" }], steps };
    await publish(await server.as("erik"), doomed);
    const run = await start(tom, "doomed");
    const socket = tom.socket();
    await socket.watch({ topic: "runs" });
    await until(ada, run, "run-failed");
    const told = await socket.until(
      (messages) => messages.flatMap((each) => (each.name === "run-changed" && each.message.run.id === run && each.message.run.status === "failed" ? [each.message.run] : []))[0],
    );
    expect(told.failedStep).toBe(null);
    expect(ids(await list(ada, { failedStep: "open-child" }))).toEqual([run]);
    expect(ids(await list(anna, { failedStep: "open-child" }))).toEqual([run]);
    expect(await list(tom, { failedStep: "open-child" })).toMatchObject({ total: 0, items: [] });
    expect((await list(tom, { playbook: "doomed" })).items[0]).toMatchObject({ status: "failed", failedStep: null });
    expect((await stats(tom, { playbook: "doomed" })).failedSteps).toEqual([]);
    expect((await stats(anna, { playbook: "doomed" })).failedSteps).toEqual([{ step: "open-child", runs: 1 }]);
    socket.close();
  });
});

describe("saved views", () => {
  it("belong to whoever saved them", async () => {
    const body = { name: "Failed leavers", query: { playbook: "leaver", show: "failed", span: "7d" } };
    const { id } = await anna.call<SavedRunView>("createRunView", { body });
    expect(await anna.refused("createRunView", { body })).toMatchObject({ code: "already-exists" });
    await tom.call("createRunView", { body });
    await anna.call("updateRunView", { params: { id }, body: { name: "Leavers", query: { playbook: "leaver" } } });
    expect(await anna.call("listRunViews")).toEqual({ items: [{ id, name: "Leavers", query: { playbook: "leaver" } }] });
    expect(await tom.refused("updateRunView", { params: { id }, body: { ...body, name: "Mine" } })).toMatchObject({ status: 404 });
    expect(await tom.refused("deleteRunView", { params: { id } })).toMatchObject({ status: 404 });
    await anna.call("deleteRunView", { params: { id } });
    expect(await anna.call("listRunViews")).toEqual({ items: [] });
    expect((await tom.call<{ items: SavedRunView[] }>("listRunViews")).items).toHaveLength(1);
  });
});
