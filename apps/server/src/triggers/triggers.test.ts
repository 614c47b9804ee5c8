import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../store/open-store.ts";
import { publish } from "../testing/publish.ts";
import { startTestServer, type TestClient, type TestServer } from "../testing/test-server.ts";

interface Made {
  readonly trigger: { readonly id: string; readonly enabled: boolean; readonly lastError: { readonly code: string } | null };
  readonly token: string;
}
interface Runs {
  readonly total: number;
  readonly items: readonly { readonly id: string; readonly trigger: { readonly kind: string } }[];
}

const greeting = (id: string) => ({
  schemaVersion: 1,
  id,
  name: `Greeting ${id}`,
  inputs: [{ key: "who", type: "string", required: true }],
  outputs: [{ key: "greeted", value: "{{ input.who }}" }],
  start: ["end"],
  steps: { end: { kind: "end", name: "End", outcome: "greeted" } },
});
const waiting = {
  schemaVersion: 1,
  id: "waiting",
  name: "Waiting",
  start: ["wait"],
  steps: { wait: { kind: "wait", name: "Wait", for: "PT1H", next: ["end"] }, end: { kind: "end", name: "End", outcome: "x" } },
};

let server: TestServer;
let engineer: TestClient;
let now = Date.parse("2026-03-28T12:00:00.000Z");

beforeAll(async () => {
  server = await startTestServer({ now: () => now });
  engineer = await server.as("erik");
  for (const document of [greeting("hooked"), greeting("scheduled"), greeting("doomed"), waiting]) await publish(engineer, document);
});
afterAll(() => server.close());

const create = (body: object) => engineer.call<unknown>("createTrigger", { body }) as Promise<Made>;
const post = (token: string, body: unknown, headers: Record<string, string> = {}, query = "") =>
  fetch(`${server.url}/hooks/${token}${query}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const json = async (answer: Response) => ({ ...((await answer.json()) as Record<string, unknown>), status: answer.status, inner: 0 });
const runsOf = (playbook: string) => engineer.call<unknown>("listRuns", { query: { playbook, limit: "200" } }) as Promise<Runs>;

describe("a webhook", () => {
  it("starts a run with the body as its inputs, once for each idempotency key", async () => {
    const { token, trigger } = await create({ kind: "webhook", name: "Whole", playbook: "hooked" });
    expect(token).toHaveLength(43);
    const first = await post(token, { who: "Ada" }, { "idempotency-key": "one" });
    const { run } = (await first.json()) as { run: string };
    expect(first.status).toBe(202);
    expect(await json(await post(token, { who: "Ada" }, { "idempotency-key": "one" }))).toMatchObject({ run });
    expect(((await json(await post(token, { who: "Ada" }, { "idempotency-key": "two" }))) as { run?: string }).run).not.toBe(run);
    expect((await runsOf("hooked")).items[0]?.trigger.kind).toBe("webhook");
    expect(await engineer.call("getTrigger", { params: { id: trigger.id } })).toMatchObject({ lastError: null, lastRun: { id: expect.any(String) as string } });
  });

  it("maps body, safe headers and query, and answers with the outputs when it is asked to wait", async () => {
    const { token } = await create({
      kind: "webhook",
      name: "Mapped",
      playbook: "hooked",
      inputs: { who: "{{ webhook.body.user.name }} {{ webhook.headers.x-from }} {{ webhook.query.q }}{{ webhook.headers.authorization }}" },
    });
    const answer = await post(token, { user: { name: "Ada" } }, { "x-from": "here", authorization: "Bearer secret" }, "?q=7&wait=30s");
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ outcome: "greeted", outputs: { greeted: "Ada here 7" } });
  });

  it("takes a form", async () => {
    const { token } = await create({ kind: "webhook", name: "Form", playbook: "hooked" });
    const answer = await post(token, "who=Ada+L", { "content-type": "application/x-www-form-urlencoded" }, "?wait=PT30S");
    expect(await answer.json()).toMatchObject({ outputs: { greeted: "Ada L" } });
  });

  it("answers 202 when the run has not ended in time", async () => {
    const { token } = await create({ kind: "webhook", name: "Long", playbook: "waiting" });
    expect(await json(await post(token, {}, {}, "?wait=0.05s"))).toMatchObject({ run: expect.any(String) as string });
    expect((await post(token, {}, {}, "?wait=61s")).status).toBe(400);
  });

  it("refuses what does not fit with a pointer, and keeps why", async () => {
    const { token, trigger } = await create({ kind: "webhook", name: "Strict", playbook: "hooked" });
    const answer = await post(token, { who: 7 });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: "invalid-input", pointer: "/who" });
    expect((await post(token, "[1]")).status).toBe(422);
    expect(await (await post(token, "{")).json()).toMatchObject({ code: "invalid-json" });
    expect((await post(token, JSON.stringify({ who: "x".repeat(1024 * 1024) }))).status).toBe(413);
    expect(await engineer.call("getTrigger", { params: { id: trigger.id } })).toMatchObject({ lastError: { code: "invalid-input" } });
  });

  it("is not there for a wrong token, when it is off, and after the token was rotated", async () => {
    const { token, trigger } = await create({ kind: "webhook", name: "Rotated", playbook: "hooked" });
    const fresh = (await engineer.call<unknown>("rotateTrigger", { params: { id: trigger.id } })) as Made;
    await engineer.call("updateTrigger", { params: { id: trigger.id }, body: { enabled: false } });
    for (const each of ["nonsense", token, fresh.token]) expect(await (await post(each, { who: "x" })).json()).toMatchObject({ status: 404, code: "not-found" });
    await engineer.call("updateTrigger", { params: { id: trigger.id }, body: { enabled: true } });
    expect((await post(fresh.token, { who: "x" })).status).toBe(202);
    expect((await fetch(`${server.url}/hooks/${fresh.token}`)).status).toBe(405);
  });

  it("demands the signature, and a time that is not old", async () => {
    const secret = "a secret of the sender";
    const { token } = await create({ kind: "webhook", name: "Signed", playbook: "hooked", signature: { secret, timestampHeader: "X-Time" } });
    const sign = (text: string, stamp: number) => ({
      "x-time": String(stamp),
      "x-signature-256": `sha256=${createHmac("sha256", secret).update(`${stamp}.${text}`).digest("hex")}`,
    });
    const text = '{"who":"Ada"}';
    const stamp = Math.floor(now / 1_000);
    expect((await post(token, text, sign(text, stamp))).status).toBe(202);
    expect((await post(token, text)).status).toBe(401);
    expect((await post(token, '{"who":"Eve"}', sign(text, stamp))).status).toBe(401);
    expect(await (await post(token, text, sign(text, stamp - 301))).json()).toMatchObject({ code: "bad-signature" });
  });

  it("takes no more than its rate", async () => {
    const { token } = await create({ kind: "webhook", name: "Flooded", playbook: "hooked", perMinute: 5 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(token, { who: "x" })));
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(5);
    expect(refused).toHaveLength(15);
    expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused[0]?.json()).toMatchObject({ code: "rate-limited" });
  });

  it("is turned off with its playbook", async () => {
    const { token, trigger } = await create({ kind: "webhook", name: "Doomed", playbook: "doomed" });
    await engineer.call("deletePlaybook", { params: { id: "doomed" } });
    expect((await post(token, { who: "x" })).status).toBe(404);
    expect(await engineer.call("getTrigger", { params: { id: trigger.id } })).toMatchObject({ enabled: false, disabledReason: expect.any(String) as string });
  });

  it("shows its last run to those who may know of it, and to nobody else", async () => {
    const { token, trigger } = await create({ kind: "webhook", name: "Discreet", playbook: "hooked" });
    const { run } = (await (await post(token, { who: "Ada" })).json()) as { run: string };
    const [anna, tom] = [await server.as("anna"), await server.as("tom")];
    const { id: parent } = await anna.call<{ id: string }>("openCase", { body: { title: "Case", type: "x", severity: "low" } });
    const { id: child } = await anna.call<{ id: string }>("openChild", { params: { id: parent }, body: { title: "Secret", restricted: true, members: ["anna@qrst.com"] } });
    const lastRun = async (client: TestClient) => {
      const one = await client.call<{ lastRun: unknown }>("getTrigger", { params: { id: trigger.id } });
      const { items } = await client.call<{ items: { lastRun: unknown }[] }>("listTriggers", { query: { search: "discreet" } });
      expect(items).toHaveLength(1);
      expect(items[0]?.lastRun).toEqual(one.lastRun);
      return one.lastRun;
    };
    for (const client of [anna, tom]) expect(await lastRun(client)).toMatchObject({ id: run });
    const { store, close } = await openStore(server.home, server.databaseUrl, () => undefined);
    await store.run(store.sql.updateTable("runs").set({ case_id: child }).where("id", "=", run));
    await close();
    expect(await lastRun(anna)).toMatchObject({ id: run });
    expect(await lastRun(tom)).toBeNull();
    const changed = (await engineer.call<unknown>("updateTrigger", { params: { id: trigger.id }, body: { name: "Discreet still" } })) as { lastRun: unknown };
    expect(changed.lastRun).toBeNull();
  });

  it("is changed by engineers only", async () => {
    const analyst = await server.as("anna");
    expect(await analyst.refused("createTrigger", { body: { kind: "webhook", name: "No", playbook: "hooked" } })).toMatchObject({ status: 403 });
    expect((await analyst.call<unknown>("listTriggers", { query: { search: "whole" } })) as Runs).toMatchObject({ total: 1 });
  });
});

describe("a schedule", () => {
  const schedule = (name: string, given: object) => create({ kind: "schedule", name, playbook: "scheduled", inputs: { who: `${name} {{ schedule.at }}` }, ...given });
  const inputs = async () => {
    const { items } = await runsOf("scheduled");
    const all = await Promise.all(
      items.map(async ({ id }) => ((await engineer.call<unknown>("getTrace", { params: { id } })) as { events: { input: { who: string } }[] }).events[0]?.input.who ?? ""),
    );
    return (name: string) =>
      all
        .filter((who) => who.startsWith(`${name} `))
        .map((who) => who.slice(name.length + 1))
        .sort();
  };
  const at = async (time: string) => {
    now = Date.parse(time);
    await server.fireSchedules();
  };

  it("fires each tick once, over a restart and a clock that goes back", async () => {
    await schedule("hourly", { cron: "0 * * * *" });
    await at("2026-03-28T13:00:01.000Z");
    await server.restart();
    engineer = await server.as("erik");
    await at("2026-03-28T13:00:30.000Z");
    await at("2026-03-28T12:30:00.000Z");
    await at("2026-03-28T13:00:02.000Z");
    expect((await inputs())("hourly")).toEqual(["2026-03-28T13:00:00.000Z"]);
  });

  it("catches up on missed ticks as it was told", async () => {
    now = Date.parse("2026-03-28T13:30:00.000Z");
    for (const missed of ["skip", "once", "all"]) await schedule(missed, { cron: "0 * * * *", missed });
    await schedule("bounded", { cron: "* * * * *", missed: "all" });
    await at("2026-03-28T16:30:00.000Z");
    const seen = await inputs();
    expect(seen("skip")).toEqual([]);
    expect(seen("once")).toEqual(["2026-03-28T16:00:00.000Z"]);
    expect(seen("all")).toEqual(["2026-03-28T14:00:00.000Z", "2026-03-28T15:00:00.000Z", "2026-03-28T16:00:00.000Z"]);
    expect(seen("bounded")).toHaveLength(100);
    expect(seen("bounded").at(-1)).toBe("2026-03-28T16:30:00.000Z");
  });

  it("keeps to the wall clock when daylight saving begins and ends", async () => {
    await schedule("berlin", { cron: "0 9 * * *", zone: "Europe/Berlin" });
    await at("2026-03-29T07:00:01.000Z");
    expect((await inputs())("berlin")).toEqual(["2026-03-29T07:00:00.000Z"]);
    const preview = (await engineer.call<unknown>("previewSchedule", { query: { cron: "30 2 * * *", zone: "Europe/Berlin" } })) as { next: string[] };
    expect(preview.next).toHaveLength(5);
  });

  it("refuses what is no expression or zone", async () => {
    const body = { kind: "schedule", name: "Wrong", playbook: "scheduled" };
    expect(await engineer.refused("createTrigger", { body: { ...body, cron: "61 * * * *" } })).toMatchObject({ status: 400, pointer: "/cron" });
    expect(await engineer.refused("createTrigger", { body: { ...body, cron: "* * * * *", zone: "Mars/Base" } })).toMatchObject({ status: 400, pointer: "/zone" });
    expect(await engineer.refused("createTrigger", { body: { ...body, cron: "0 0 30 2 *" } })).toMatchObject({ status: 400, pointer: "/cron" });
  });
});
