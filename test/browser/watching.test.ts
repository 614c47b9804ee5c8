import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ApiClient } from "@drawbridge/cli/api-client";
import { eventSentence } from "@drawbridge/designer/event-sentence";
import { playbook as schema } from "@drawbridge/playbook";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { emptyHome, freePort, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { launchBrowser, noBrowser, openSeat, signIn } from "./browser.ts";
import { HeldVendor } from "./held-vendor.ts";
import { publish, storedTrace, summaryOf } from "./stored-trace.ts";

if (noBrowser) console.log(`Skipped: watching a run in a browser (${noBrowser}).`);

const hosts = 60;
const playbook = schema.parse({
  schemaVersion: 1,
  id: "patrol",
  name: "Patrol",
  start: ["look"],
  steps: {
    look: {
      kind: "action",
      name: "Look at each host",
      action: "http.get",
      connection: "vendor",
      with: { url: "/hosts/{{ item }}" },
      forEach: { items: Array.from({ length: hosts }, (_each, index) => index), concurrency: 4 },
      next: ["done"],
    },
    done: { kind: "end", name: "Done", outcome: "done" },
  },
});

describe.skipIf(noBrowser !== null)("a person who watches a run", () => {
  let home: string;
  let port: number;
  let server: ServerProcess;
  let browser: Browser;
  let api: ApiClient;
  const vendor = new HeldVendor();

  const start = () =>
    startServerProcess({ home, port, environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_CONNECTIONS_FILE: join(home, "connections.json"), DRAWBRIDGE_LOG_LEVEL: "warn" } });

  beforeAll(async () => {
    home = await emptyHome();
    port = await freePort();
    const baseUrl = await vendor.start();
    await writeFile(join(home, "connections.json"), JSON.stringify({ vendor: { integration: "http", settings: { baseUrl }, allowPrivateNetwork: true } }), { mode: 0o600 });
    server = await start();
    browser = await launchBrowser();
    api = await new ApiClient(server.url).signIn("marek.kowal@qrst.com", "drawbridge");
    await publish(api, playbook);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    vendor.stop();
    await removeHome(home);
  });

  const begin = async () => (await api.call<{ id: string }>("startRun", { body: { playbook: "patrol" } })).id;
  const watch = async (run: string) => {
    const seat = await openSeat(browser);
    await signIn(seat.page, server.url, "tom.okafor@qrst.com", "drawbridge");
    await seat.page.goto(`${server.url}/runs/${run}`);
    await seat.page.getByRole("region", { name: "Events" }).waitFor();
    return seat;
  };
  const shownCount = async (page: Page) => Number((await page.getByRole("region", { name: "Events" }).locator("header .num").textContent())?.replaceAll(",", ""));
  const elapsed = (page: Page) =>
    page
      .locator("header span")
      .filter({ hasText: /^Elapsed/ })
      .last()
      .locator("xpath=..")
      .textContent();
  const done = (run: string, items: number) =>
    vi.waitUntil(async () => (await storedTrace(api, run)).filter(({ type }) => type === "item-succeeded").length >= items, { timeout: 30_000, interval: 50 });
  const shows = (page: Page, count: number) => vi.waitUntil(async () => (await shownCount(page)) === count, { timeout: 30_000, interval: 50 });

  /** What the page lists, from the newest to the oldest, each as often as it is there. */
  const listed = async (page: Page) => {
    await page.getByLabel("Event to look at").waitFor();
    return page.evaluate(async () => {
      const list = document.querySelector('ul[aria-label="Events, newest first"]')?.parentElement;
      if (!list) throw new Error("There is no list of events.");
      const found = new Map<number, string>();
      list.scrollTop = 0;
      for (let at = -1; list.scrollTop > at; list.scrollTop += 120) {
        at = list.scrollTop;
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        for (const event of list.querySelectorAll<HTMLElement>("[data-seq]")) found.set(Number(event.dataset["seq"]), event.title.split("\n")[0] ?? "");
      }
      return [...found];
    });
  };
  const expectWhole = async (page: Page, run: string) => {
    const trace = await storedTrace(api, run);
    await shows(page, trace.length);
    expect((await listed(page)).sort(([one], [other]) => one - other)).toEqual(trace.map((event) => [event.seq, eventSentence(event, playbook).text]));
  };

  it("has the whole trace at the end, whether he came late or lost the connection twice, and meanwhile is told that what he sees is old", { timeout: 120_000 }, async () => {
    const run = await begin();
    const { context, page, errors } = await watch(run);
    vendor.answer(10);
    await done(run, 10);
    await page.getByText("Live", { exact: true }).waitFor();
    for (const until of [20, 30]) {
      await vi.waitUntil(async () => (await shownCount(page)) === (await storedTrace(api, run)).length, { timeout: 20_000, interval: 50 });
      await context.setOffline(true);
      await page.getByText(/^Reconnecting, shown as of \d\d:\d\d:\d\d$/).waitFor();
      const before = [await shownCount(page), await elapsed(page)];
      vendor.answer(10);
      await done(run, until);
      expect([await shownCount(page), await elapsed(page)]).toEqual(before);
      await context.setOffline(false);
      await page.getByText("Live", { exact: true }).waitFor();
    }
    vendor.answer(10);
    await done(run, 40);
    const late = await watch(run);
    vendor.answer(20);
    await vi.waitUntil(async () => (await summaryOf(api, run)).endedAt !== null, { timeout: 30_000, interval: 50 });
    await expectWhole(page, run);
    await expectWhole(late.page, run);
    expect([...errors, ...late.errors]).toEqual([]);
    await context.close();
    await late.context.close();
  });

  it("goes on watching after the server was killed and started again", { timeout: 120_000 }, async () => {
    const run = await begin();
    const { context, page, errors } = await watch(run);
    vendor.answer(10);
    await done(run, 10);
    await page.getByText("Live", { exact: true }).waitFor();
    await server.kill();
    await page.getByText(/^Reconnecting, shown as of/).waitFor();
    server = await start();
    await page.getByText("Live", { exact: true }).waitFor();
    vendor.answer(hosts + 20);
    await vi.waitUntil(async () => (await summaryOf(api, run)).status === "succeeded", { timeout: 30_000, interval: 50 });
    await expectWhole(page, run);
    expect(errors).toEqual([]);
    await context.close();
  });
});
