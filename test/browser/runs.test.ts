import { ApiClient } from "@drawbridge/cli/api-client";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyHome, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { launchBrowser, noBrowser, openSeat, signIn } from "./browser.ts";
import { inTheme, seriousFindings } from "./findings.ts";

if (noBrowser) console.log(`Skipped: the list of runs in a browser (${noBrowser}).`);

const end = { kind: "end", name: "End", outcome: "done" };
const leaver = {
  schemaVersion: 1,
  id: "leaver",
  name: "Leaver",
  inputs: [{ key: "who", type: "string" }],
  start: ["check"],
  steps: { check: { kind: "script", name: "Check", source: "if (input.who === 'nobody') throw new Error('no'); return 1;", with: { who: "{{ input.who }}" }, next: ["end"] }, end },
};
const joiner = { schemaVersion: 1, id: "joiner", name: "Joiner", start: ["end"], steps: { end } };
const enough = 60;

describe.skipIf(noBrowser !== null)("the list of runs", () => {
  let home: string;
  let server: ServerProcess;
  let browser: Browser;
  let api: ApiClient;

  const start = (playbook: string, input: object = {}) => api.call<{ id: string }>("startRun", { body: { playbook, input } });

  beforeAll(async () => {
    home = await emptyHome();
    server = await startServerProcess({ home, environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_LOG_LEVEL: "warn" } });
    browser = await launchBrowser();
    api = await new ApiClient(server.url).signIn("marek.kowal@qrst.com", "drawbridge");
    for (const document of [leaver, joiner]) {
      const { etag } = await api.call<{ etag: string }>("createPlaybook", { body: document });
      await api.call("publish", { params: { id: document.id }, body: { note: "First" }, headers: { "if-match": etag } });
    }
    for (let index = 0; index < enough; index += 1) await start("joiner");
    await start("leaver", { who: "ohara@qrst.com" });
    await start("leaver", { who: "nobody" });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await removeHome(home);
  });

  const sit = async (options: { width?: number; height?: number } = {}) => {
    const seat = await openSeat(browser, options);
    await signIn(seat.page, server.url, "marek.kowal@qrst.com", "drawbridge");
    await seat.page.goto(`${server.url}/runs`);
    await rows(seat.page).first().waitFor();
    return seat;
  };
  const rows = (page: Page) => page.getByRole("list", { name: "Runs" }).getByRole("article");
  const counted = (page: Page, count: number) => expect.poll(() => rows(page).count(), { timeout: 10_000 }).toBe(count);

  it("is narrowed down by state, playbook and a value in the input, which the address keeps, and kept as a view", { timeout: 120_000 }, async () => {
    const { page, context, errors } = await sit();
    await page.getByRole("button", { name: /^Failed 1$/ }).click();
    await counted(page, 1);
    await page.getByRole("button", { name: /^All/ }).click();
    await page.getByRole("button", { name: "Filters" }).click();
    await page.getByRole("combobox", { name: "Value in the input" }).fill("OHARA@");
    await counted(page, 1);
    await page.getByRole("region", { name: "Runs by playbook" }).getByRole("button", { name: "Leaver" }).click();
    await expect.poll(() => new URL(page.url()).search).toBe("?input=OHARA%40&playbook=leaver");
    await page.reload();
    await counted(page, 1);
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByRole("menuitem", { name: "Save this view" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("O'Hara's departure");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("button", { name: "O'Hara's departure" }).waitFor();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect.poll(() => rows(page).count()).toBeGreaterThan(5);
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByRole("menuitem", { name: "O'Hara's departure" }).click();
    await counted(page, 1);
    await page.getByRole("combobox", { name: "Value in the input" }).fill("nowhere at all");
    await page.getByText("No run matches").waitFor();
    expect(errors).toEqual([]);
    await context.close();
  });

  it("takes new runs in without moving what is read, and tells of them", { timeout: 120_000 }, async () => {
    const { page, context, errors } = await sit({ height: 700 });
    await page.getByRole("button", { name: "By playbook" }).click();
    const fresh = await start("joiner");
    await page.getByRole("article", { name: new RegExp(fresh.id) }).waitFor();
    const scroller = page.getByRole("list", { name: "Runs" }).locator("..");
    await scroller.evaluate((element) => element.scrollTo({ top: 600 }));
    const read = page.getByRole("article").nth(14);
    const label = (await read.getAttribute("aria-label")) ?? "";
    const before = await page.getByRole("article", { name: label }).boundingBox();
    for (let index = 0; index < 3; index += 1) await start("joiner");
    await page.getByRole("button", { name: "3 newer runs" }).waitFor();
    const after = await page.getByRole("article", { name: label }).boundingBox();
    expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThanOrEqual(1);
    await page.getByRole("button", { name: "3 newer runs" }).click();
    await page.getByRole("button", { name: "3 newer runs" }).waitFor({ state: "detached" });
    await expect.poll(() => scroller.evaluate((element) => element.scrollTop)).toBe(0);
    expect(errors).toEqual([]);
    await context.close();
  });

  it("has nothing that axe takes for serious, wide and on a phone, light and dark", { timeout: 120_000 }, async () => {
    for (const width of [1440, 390]) {
      const { page, context } = await sit({ width });
      await page.getByRole("button", { name: "Filters" }).click();
      await page.getByRole("combobox", { name: "Value in the input" }).waitFor();
      if (width === 390) await page.getByRole("button", { name: "By playbook" }).click();
      await page.getByRole("region", { name: "Runs by playbook" }).waitFor();
      for (const scheme of ["light", "dark"] as const) {
        await inTheme(page, scheme);
        expect(await seriousFindings(page), `${width} ${scheme}`).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
        if (process.env["SHOTS"]) await page.screenshot({ path: `${process.env["SHOTS"]}/runs-${width}-${scheme}.png` });
      }
      await context.close();
    }
  });
});
