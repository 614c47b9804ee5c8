import { readdirSync, readFileSync } from "node:fs";
import { ApiClient } from "@drawbridge/cli/api-client";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyHome, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { launchBrowser, noBrowser, openSeat, signIn } from "./browser.ts";

if (noBrowser) console.log(`Skipped: saving of drafts in a browser (${noBrowser}).`);

const playbook = (id: string) => ({
  schemaVersion: 1,
  id,
  name: `Saved ${id}`,
  start: ["begin"],
  steps: { begin: { kind: "section", name: "Begin", next: ["then"] }, then: { kind: "section", name: "Then", next: [] } },
  layout: { begin: { x: 200, y: 120 }, then: { x: 200, y: 260 } },
});
const password = "drawbridge";
const lastSecond = 1_000;
const polling = { timeout: 20_000 };

interface Draft {
  readonly etag: string;
  readonly playbook: { readonly name: string; readonly steps: Record<string, { readonly name: string }> };
}

/** Pids of the browser's renderers. */
function renderers(browser: number): number[] {
  const children = (parent: number): number[] =>
    readdirSync("/proc")
      .filter((each) => /^\d+$/.test(each))
      .flatMap((each) => {
        try {
          const fields = readFileSync(`/proc/${each}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
          return Number(fields[1]) === parent ? [Number(each), ...children(Number(each))] : [];
        } catch {
          return [];
        }
      });
  return children(browser).filter((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--type=renderer"));
}

describe.skipIf(noBrowser !== null)("what one types", () => {
  let home: string;
  let server: ServerProcess;
  let browser: Browser;
  let api: ApiClient;

  const start = async (port?: number) => {
    server = await startServerProcess({ home, ...(port === undefined ? {} : { port }), environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_LOG_LEVEL: "warn" } });
  };
  beforeAll(async () => {
    home = await emptyHome();
    await start();
    browser = await launchBrowser();
    api = await new ApiClient(server.url).signIn("marek.kowal@qrst.com", password);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await removeHome(home);
  });

  const make = async (id: string) => {
    const { etag } = await api.call<Draft>("createPlaybook", { body: playbook(id) });
    await api.call("publish", { params: { id }, body: { note: "first" }, headers: { "if-match": etag } });
  };
  const drafted = (id: string) => api.call<Draft>("getDraft", { params: { id } });
  const open = async (context: BrowserContext, id: string): Promise<Page> => {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(`${server.url}/playbooks/${id}`);
    await page.locator('[data-step-id="begin"]').first().waitFor();
    return page;
  };
  const seat = async () => {
    const { context, page } = await openSeat(browser);
    await signIn(page, server.url, "marek.kowal@qrst.com", password);
    await page.close();
    return context;
  };
  const fieldOf = async (page: Page, step: string, name = "Name") => {
    await page.locator(`[data-step-id="${step}"]`).first().click();
    const field = page.getByRole("textbox", { name, exact: true }).first();
    await field.waitFor();
    return field;
  };
  /** Types a key about every 40 ms, without a pause, until told to stop; tells what was typed when. */
  const typing = (page: Page) => {
    const typed: { readonly at: number; readonly text: string }[] = [];
    let stopped = false;
    const done = (async () => {
      let text = "";
      while (!stopped) {
        text += "abcdefghij"[text.length % 10];
        typed.push({ at: Date.now(), text });
        await page.keyboard.type(text.at(-1) ?? "", { delay: 40 });
      }
    })().catch(() => undefined);
    return { typed, stop: () => ((stopped = true), done) };
  };
  const status = (page: Page, words: RegExp) => page.getByRole("status").getByText(words).first().waitFor();

  it("is on the server within about a second, also when one never pauses", { timeout: 120_000 }, async () => {
    await make("flowing");
    const page = await open(await seat(), "flowing");
    const saves: number[] = [];
    page.on("request", (request) => request.method() === "PUT" && request.url().endsWith("/flowing/draft") && saves.push(Date.now()));
    await (await fieldOf(page, "begin")).fill("");
    const keys = typing(page);
    await expect.poll(() => saves.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(5);
    await keys.stop();
    await status(page, /^Saved/);
    const gaps = saves.slice(1).map((at, index) => at - (saves[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(200);
    expect(gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)]).toBeLessThan(1_500);
    expect((await drafted("flowing")).playbook.steps["begin"]?.name).toBe(keys.typed.at(-1)?.text);
    await page.context().close();
  });

  it("is not lost when the server is killed meanwhile, and is saved without asking when it is back", { timeout: 120_000 }, async () => {
    await make("killed-server");
    const page = await open(await seat(), "killed-server");
    await (await fieldOf(page, "begin")).fill("");
    const keys = typing(page);
    await expect.poll(() => keys.typed.length, polling).toBeGreaterThan(20);
    await server.kill();
    await status(page, /kept in this browser/);
    const before = keys.typed.length;
    await expect.poll(() => keys.typed.length, polling).toBeGreaterThan(before + 10);
    await start(Number(new URL(server.url).port));
    await keys.stop();
    await status(page, /^Saved/);
    expect((await drafted("killed-server")).playbook.steps["begin"]?.name).toBe(keys.typed.at(-1)?.text);
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.context().close();
  });

  it("is recovered when the tab was killed, but for the last second, and can be discarded again", { timeout: 120_000 }, async () => {
    const own = await launchBrowser();
    try {
      const { context, page: first } = await openSeat(own);
      await signIn(first, server.url, "marek.kowal@qrst.com", password);
      await make("killed-tab");
      const page = await open(context, "killed-tab");
      await first.close();
      await (await fieldOf(page, "begin")).fill("");
      await page.route("**/playbooks/killed-tab/draft", (route) => (route.request().method() === "PUT" ? route.abort() : route.continue()));
      const keys = typing(page);
      await status(page, /kept in this browser/);
      const crashed = page.waitForEvent("crash");
      const killed = Date.now();
      const pids = renderers(
        (await own.newBrowserCDPSession().then((session) => session.send("SystemInfo.getProcessInfo"))).processInfo.find(({ type }) => type === "browser")?.id ?? 0,
      );
      for (const pid of pids) process.kill(pid, "SIGKILL");
      await crashed;
      await keys.stop();
      const again = await open(context, "killed-tab");
      await again.getByText("Edits that had not been saved were recovered.").waitFor();
      const name = await (await fieldOf(again, "begin")).inputValue();
      const survived = keys.typed.find(({ text }) => text === name)?.at ?? 0;
      const next = keys.typed.find(({ text }) => text.length > name.length)?.at ?? Infinity;
      expect(survived).toBeGreaterThan(0);
      expect(next).toBeGreaterThanOrEqual(killed - lastSecond);
      await status(again, /^Saved/);
      expect((await drafted("killed-tab")).playbook.steps["begin"]?.name).toBe(name);
      await again.getByRole("button", { name: "Discard them" }).press("Enter");
      await expect.poll(async () => (await drafted("killed-tab")).playbook.steps["begin"]?.name, polling).toBe("Begin");
      await again.reload();
      await again.locator('[data-step-id="begin"]').first().waitFor();
      expect(await again.getByText("were recovered").count()).toBe(0);
    } finally {
      await own.close();
    }
  });

  it("outlives a while without network and a tab that is closed in it, and is merged with what another tab saved meanwhile", { timeout: 120_000 }, async () => {
    await make("offline");
    const context = await seat();
    const [one, two] = [await open(context, "offline"), await open(context, "offline")];
    await one.route("**/playbooks/offline/draft", (route) => route.abort());
    await (await fieldOf(one, "begin")).fill("Written offline");
    await status(one, /kept in this browser/);
    await (await fieldOf(two, "then")).fill("Written in the other tab");
    await expect.poll(async () => (await drafted("offline")).playbook.steps["then"]?.name, polling).toBe("Written in the other tab");
    await one.close();
    const again = await open(context, "offline");
    await again.getByText("Edits that had not been saved were recovered.").waitFor();
    await expect
      .poll(async () => Object.values((await drafted("offline")).playbook.steps).map(({ name }) => name), polling)
      .toEqual(["Written offline", "Written in the other tab"]);
    await context.close();
  });

  it("in two tabs of one draft is merged without asking, and only the same place is asked about", { timeout: 120_000 }, async () => {
    await make("two-tabs");
    const context = await seat();
    const [one, two] = [await open(context, "two-tabs"), await open(context, "two-tabs")];
    await (await fieldOf(one, "begin")).fill("First tab");
    await (await fieldOf(two, "then")).fill("Second tab");
    const names = async () => Object.values((await drafted("two-tabs")).playbook.steps).map(({ name }) => name);
    await expect.poll(names, polling).toEqual(["First tab", "Second tab"]);
    await expect.poll(() => one.locator('[data-step-id="then"]').first().textContent(), polling).toContain("Second tab");
    await expect.poll(() => two.locator('[data-step-id="begin"]').first().textContent(), polling).toContain("First tab");
    await two.route("**/playbooks/two-tabs/draft", (route) => route.abort());
    await (await fieldOf(two, "begin")).fill("Mine");
    await status(two, /kept in this browser/);
    await (await fieldOf(one, "begin")).fill("Theirs");
    await expect.poll(names, polling).toEqual(["Theirs", "Second tab"]);
    await two.unroute("**/playbooks/two-tabs/draft");
    const dialog = two.getByRole("dialog", { name: "Which of the two stays?" });
    await dialog.getByRole("radio", { name: "Other tab: Theirs" }).check();
    await dialog.getByRole("button", { name: "Merge" }).click();
    await status(two, /^Saved/);
    await expect.poll(() => two.locator('[data-step-id="begin"]').first().textContent(), polling).toContain("Theirs");
    expect(await names()).toEqual(["Theirs", "Second tab"]);
    await context.close();
  });

  it("is saved when its author signs out, and kept edits are shown to nobody else", { timeout: 120_000 }, async () => {
    await make("signing-out");
    const context = await seat();
    const page = await open(context, "signing-out");
    await (await fieldOf(page, "begin")).fill("Before I go");
    await page.getByRole("button", { name: /marek kowal/i }).click();
    await page.getByRole("menuitem", { name: /sign out/i }).click();
    await page.waitForURL(/\/sign-in/);
    expect((await drafted("signing-out")).playbook.steps["begin"]?.name).toBe("Before I go");
    await signIn(page, server.url, "marek.kowal@qrst.com", password);
    await page.goto(`${server.url}/playbooks/signing-out`);
    await page.route("**/playbooks/signing-out/draft", (route) => (route.request().method() === "PUT" ? route.abort() : route.continue()));
    await (await fieldOf(page, "then")).fill("A secret of Marek's");
    await status(page, /kept in this browser/);
    await context.clearCookies();
    await page.unroute("**/playbooks/signing-out/draft");
    await signIn(page, server.url, "ada.admin@qrst.com", password);
    await page.goto(`${server.url}/playbooks/signing-out`);
    await page.locator('[data-step-id="then"]').first().waitFor();
    await status(page, /^Saved/);
    expect(await page.content()).not.toContain("A secret of Marek's");
    await context.clearCookies();
    await signIn(page, server.url, "marek.kowal@qrst.com", password);
    await page.goto(`${server.url}/playbooks/signing-out`);
    await page.getByText("Edits that had not been saved were recovered.").waitFor();
    await expect.poll(async () => (await drafted("signing-out")).playbook.steps["then"]?.name, polling).toBe("A secret of Marek's");
    await context.close();
  });
});
