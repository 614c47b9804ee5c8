import { ApiClient } from "@drawbridge/cli/api-client";
import type { RunSummary } from "@drawbridge/protocol";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { emptyHome, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { launchBrowser, noBrowser, openSeat, signIn } from "./browser.ts";

if (noBrowser) console.log(`Skipped: backtests in a browser (${noBrowser}).`);

/** Notes the visits of those who are old enough. */
const visits = (limit: number) => ({
  schemaVersion: 1,
  id: "visits",
  name: "Visits",
  inputs: [{ key: "age", type: "number", required: true }],
  start: ["open-case"],
  steps: {
    "open-case": { kind: "action", name: "Open a case", action: "cases.open", with: { title: "A visit", type: "Exposure on an endpoint" }, next: ["old"] },
    old: { kind: "condition", name: "Old enough?", branches: [{ label: "yes", when: { ">=": [{ var: "input.age" }, limit] }, next: ["note"] }], otherwise: { next: ["done"] } },
    note: { kind: "action", name: "Write it down", action: "cases.add-note", with: { text: "Old enough." }, next: ["done"] },
    done: { kind: "end", name: "Done", outcome: "done" },
  },
  layout: { "open-case": { x: 240, y: 120 }, old: { x: 240, y: 240 }, note: { x: 120, y: 380 }, done: { x: 240, y: 500 } },
});
const ages = [20, 30, 40, 50, 60, 70];

describe.skipIf(noBrowser !== null)("a backtest before publishing", () => {
  let home: string;
  let server: ServerProcess;
  let browser: Browser;

  beforeAll(async () => {
    home = await emptyHome();
    server = await startServerProcess({ home, environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_LOG_LEVEL: "warn" } });
    browser = await launchBrowser();
    const api = await new ApiClient(server.url).signIn("marek.kowal@qrst.com", "drawbridge");
    const { etag } = await api.call<{ etag: string }>("createPlaybook", { body: visits(45) });
    const published = await api.call<{ etag: string }>("publish", { params: { id: "visits" }, body: { note: "First" }, headers: { "if-match": etag } });
    for (const age of ages) {
      const { id } = await api.call<{ id: string }>("startRun", { body: { playbook: "visits", input: { age } } });
      await vi.waitFor(async () => expect((await api.call<{ run: RunSummary }>("getRun", { params: { id } })).run.status).toBe("succeeded"), 20_000);
    }
    await api.call("saveDraft", { params: { id: "visits" }, body: visits(55), headers: { "if-match": published.etag } });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await removeHome(home);
  });

  const open = async (options: Parameters<typeof openSeat>[1] = {}): Promise<{ page: Page; errors: string[] }> => {
    const { page, errors } = await openSeat(browser, options);
    await signIn(page, server.url, "marek.kowal@qrst.com", "drawbridge");
    await page.goto(`${server.url}/playbooks/visits`);
    await page.locator('[data-step-id="old"]').first().waitFor();
    return { page, errors };
  };
  const shot = async (page: Page, name: string) => {
    const folder = process.env["DRAWBRIDGE_SHOTS"];
    if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
  };

  it("says in the publish dialog how many runs would go another way, and shows one both ways by mouse", { timeout: 120_000 }, async () => {
    const { page, errors } = await open();
    await page.getByRole("button", { name: /^publish v2/i }).click();
    const dialog = page.getByRole("dialog", { name: /^Publish/ });
    await dialog.getByLabel("What changed").fill("Older visitors only");
    await dialog.getByRole("button", { name: "Backtest" }).click();
    await dialog.getByText("1 of 6 runs would go another way.").waitFor();
    await shot(page, "publish-light");
    await dialog.getByRole("button", { name: "Show the runs" }).click();
    const drawer = page.getByRole("dialog", { name: "Backtest" });
    const row = drawer.locator("button[data-run]");
    await expect.poll(() => row.count()).toBe(1);
    await row.click();
    await drawer.getByText("Old enough?: yes → otherwise").last().waitFor();
    const facts = drawer.getByRole("group", { name: "What is different" });
    expect(await facts.innerText()).toMatch(/age \(50\) is at least 45[\s\S]*age \(50\) is at least 55/);
    expect(await facts.innerText()).toMatch(/Would no longer happen\s+Write it down\s+cases\.add-note/);
    const marked = drawer.locator('.react-flow__node.selected [data-step-id="old"], .react-flow__node.selected[data-id="old"]').first();
    await marked.waitFor();
    await drawer.locator('[data-step-id="note"][data-status="skipped"]').first().waitFor();
    await shot(page, "drawer-light");
    await drawer.getByText(/As it went/).click();
    await drawer.locator('[data-step-id="note"][data-status="succeeded"]').first().waitFor();
    await marked.waitFor();
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "hidden" });
    expect(await page.getByLabel("What changed").inputValue()).toBe("Older visitors only");
    expect(errors).toEqual([]);
  });

  it("is gone through by keyboard alone", { timeout: 120_000 }, async () => {
    const { page, errors } = await open({ scheme: "dark" });
    await page.keyboard.press("Control+k");
    await page.keyboard.type("Backtest");
    await page.getByText("Backtest against past runs").last().waitFor();
    await page.keyboard.press("Enter");
    const drawer = page.getByRole("dialog", { name: "Backtest" });
    const choice = drawer.getByLabel("Runs to test against");
    await choice.focus();
    await choice.selectOption("last-20");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await drawer.getByText("1 of 6 runs would go another way.").waitFor();
    await drawer.getByRole("button", { name: /^All/ }).focus();
    await page.keyboard.press("Enter");
    const rows = drawer.locator("button[data-run]");
    await expect.poll(() => rows.count()).toBe(6);
    await rows.first().focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect.poll(() => rows.nth(2).getAttribute("aria-pressed")).toBe("true");
    await drawer.locator('[data-step-id="note"][data-status="skipped"]').first().waitFor();
    await shot(page, "drawer-dark");
    await drawer.getByRole("radio", { name: /With the draft/ }).focus();
    await page.keyboard.press("ArrowLeft");
    await drawer.locator('[data-step-id="note"][data-status="succeeded"]').first().waitFor();
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "hidden" });
    expect(errors).toEqual([]);
  });

  it.each(["light", "dark"] as const)("is read on a phone, %s", { timeout: 120_000 }, async (scheme) => {
    const { page, errors } = await open({ width: 390, height: 844, scheme });
    await page.getByRole("button", { name: "Backtest" }).click();
    const drawer = page.getByRole("dialog", { name: "Backtest" });
    await drawer.getByRole("button", { name: "Start" }).click();
    await drawer.getByText("1 of 6 runs would go another way.").waitFor();
    await drawer.locator("button[data-run]").first().waitFor();
    await shot(page, `phone-list-${scheme}`);
    await drawer.locator("button[data-run]").first().click();
    await drawer.locator('[data-step-id="note"][data-status="skipped"]').waitFor();
    await shot(page, `phone-run-${scheme}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await drawer.getByRole("button", { name: "All results" }).click();
    await drawer.locator("button[data-run]").first().waitFor();
    expect(errors).toEqual([]);
  });

  it("says that the draft has changed since, and takes no span that ends before it begins", { timeout: 120_000 }, async () => {
    const { page, errors } = await open();
    await page.getByRole("button", { name: "More for this playbook" }).click();
    await page.getByRole("menuitem", { name: /Backtest/ }).click();
    const drawer = page.getByRole("dialog", { name: "Backtest" });
    await drawer.getByLabel("Runs to test against").selectOption("span");
    await drawer.getByLabel("From").fill("2099-01-02T00:00");
    await drawer.getByLabel("Until").fill("2099-01-01T00:00");
    expect(await drawer.getByRole("button", { name: "Start" }).isDisabled()).toBe(true);
    await drawer.getByLabel("Until").fill("2099-01-03T00:00");
    await drawer.getByRole("button", { name: "Start" }).click();
    await drawer.getByText("There are no such runs").waitFor();
    await drawer.getByLabel("Runs to test against").selectOption("last-20");
    await drawer.getByRole("button", { name: "Test again" }).click();
    await drawer.getByText("1 of 6 runs would go another way.").waitFor();
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "hidden" });
    const done = page.locator('.react-flow__node[data-id="done"]');
    await done.click();
    await page.locator('.react-flow__node.selected[data-id="done"]').waitFor();
    await done.press("Delete");
    await done.waitFor({ state: "detached" });
    await page.keyboard.press("Control+k");
    await page.keyboard.type("Backtest");
    await page.getByText("Backtest against past runs").last().waitFor();
    await page.keyboard.press("Enter");
    await drawer.getByText("The draft has changed since.").waitFor();
    expect(errors).toEqual([]);
  });
});
