import type { AskView, BacktestResult, RunSummary } from "@drawbridge/protocol";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { askingPlaybook, childPlaybook, restrictedPlaybook } from "../testing/documents.ts";
import { publish } from "../testing/publish.ts";
import { startTestServer, type TestClient, type TestServer } from "../testing/test-server.ts";

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
  readonly total: number;
}

let server: TestServer;
let engineer: TestClient;
let admin: TestClient;
const answers = ["yes", "no", "yes"];

/** Starts a run and answers the ask that it comes to. */
async function runAnswered(playbook: string, answer: string, asked = playbook): Promise<string> {
  const { id } = await engineer.call<{ id: string }>("startRun", { body: { playbook } });
  const ask = await vi.waitFor(async () => {
    const { items } = await admin.call<Page<AskView>>("listAsks", { query: { state: "open" } });
    const found = items.find((each) => each.playbook.id === asked);
    if (!found) throw new Error("not asked yet");
    return found;
  }, 20_000);
  await admin.call("answerAsk", { body: { id: ask.id, answer } });
  if (asked === playbook) await vi.waitFor(async () => expect((await admin.call<{ run: RunSummary }>("getRun", { params: { id } })).run.status).toBe("succeeded"), 20_000);
  return id;
}

beforeAll(async () => {
  server = await startTestServer();
  [engineer, admin] = [await server.as("erik"), await server.as("ada")];
  for (const document of [askingPlaybook(), childPlaybook, restrictedPlaybook(["anna@qrst.com"])]) await publish(engineer, document);
  for (const answer of answers) await runAnswered("asking", answer);
});
afterAll(() => server.close());

const test = (client: TestClient, playbook: { readonly id: string }, more: object = {}) =>
  client.call<Page<BacktestResult>>("backtest", { params: { id: playbook.id }, body: { playbook, runs: { last: 50 }, ...more } });

const original = askingPlaybook();
/** The note is written when somebody says no. */
const turned = {
  ...original,
  steps: { ...original.steps, approve: { ...original.steps.approve, branches: [{ label: "yes", next: ["end"] }, { label: "no", next: ["note"] }] } }, // prettier-ignore
};

describe("a backtest on the server", () => {
  it("goes the same way with what is live", async () => {
    const page = await test(engineer, original);
    expect(page).toMatchObject({ total: 3, next: null });
    expect(page.items.map(({ verdict }) => verdict)).toEqual(["same", "same", "same"]);
  });

  it("tells of each run what would newly happen and no longer happen, newest first", async () => {
    const { items } = await test(engineer, turned);
    expect(items.map(({ verdict, calls }) => [verdict, calls.newly.map(({ step }) => step), calls.noLonger.map(({ step }) => step)])).toEqual([
      ["other", [], ["note"]],
      ["other", ["note"], []],
      ["other", [], ["note"]],
    ]);
    expect(items[1]?.unknown).toMatchObject([{ step: "note", code: "not-asked" }]);
  });

  it("takes the newest runs, or those of a span of time", async () => {
    expect(await test(engineer, original, { runs: { last: 2 } })).toMatchObject({ total: 2, items: [{}, {}], next: null });
    const all = await test(engineer, original);
    const second = all.items[1]?.startedAt ?? "";
    const first = all.items[0]?.startedAt ?? "";
    const span = await test(engineer, original, { runs: { since: second, until: first } });
    expect(span.items.map(({ run }) => run)).toEqual([all.items[1]?.run]);
    expect(await engineer.refused("backtest", { params: { id: "asking" }, body: { playbook: original, runs: { last: 0 } } })).toMatchObject({ status: 400 });
  });

  it("shows one run both ways", async () => {
    const { items } = await test(engineer, turned);
    const detail = await engineer.call<{ trace: object[]; replayed: object[]; before: object; run: RunSummary }>("backtestRun", {
      params: { id: "asking", run: items[0]?.run ?? "" },
      body: { playbook: turned },
    });
    expect(detail).toMatchObject({ run: { id: items[0]?.run }, before: { id: "asking" }, result: items[0] });
    expect(detail.trace.at(-1)).toMatchObject({ type: "run-succeeded" });
    expect(detail.replayed).toContainEqual(expect.objectContaining({ type: "step-skipped", step: "note" }));
    expect(await engineer.refused("backtestRun", { params: { id: "restricted", run: items[0]?.run ?? "" }, body: { playbook: restrictedPlaybook([]) } })).toMatchObject({
      status: 404,
    });
  });

  it("refuses a document that cannot be read, another playbook's, and who may not edit", async () => {
    const to = (body: object) => engineer.refused("backtest", { params: { id: "asking" }, body });
    expect(await to({ playbook: { ...original, surprise: 1 }, runs: { last: 1 } })).toMatchObject({ status: 422, code: "invalid-document" });
    expect(await to({ playbook: childPlaybook, runs: { last: 1 } })).toMatchObject({ status: 422, pointer: "/playbook/id" });
    expect(await (await server.as("anna")).refused("backtest", { params: { id: "asking" }, body: { playbook: original, runs: { last: 1 } } })).toMatchObject({ status: 403 });
  });

  it("neither shows nor counts runs on a case that is not for the person, and says what it cannot know of the run that opened it", async () => {
    const run = await runAnswered("restricted", "yes", "asking-child");
    await vi.waitFor(async () => expect((await test(admin, childPlaybook)).total).toBe(1), 20_000);
    expect(await test(engineer, childPlaybook)).toEqual({ items: [], total: 0, next: null });
    const { items } = await admin.call<Page<AskView>>("listAsks", { query: { state: "open" } });
    for (const { id } of items) await admin.call("answerAsk", { body: { id, answer: "yes" } });
    await vi.waitFor(async () => expect((await test(admin, restrictedPlaybook(["anna@qrst.com"]))).total).toBe(1), 20_000);
    expect((await test(admin, restrictedPlaybook(["anna@qrst.com"]))).items).toMatchObject([{ run, verdict: "same" }]);
    const seen = await test(engineer, restrictedPlaybook(["anna@qrst.com"]));
    expect(seen.items).toMatchObject([{ run, verdict: "unknown", parting: null, unknown: [{ step: "open-child", code: "hidden" }], calls: { newly: [], noLonger: [] } }]);
    expect(JSON.stringify(seen)).not.toContain("Secret");
  });
});
