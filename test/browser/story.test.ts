import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyHome, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { launchBrowser, noBrowser, openSeat, signIn } from "./browser.ts";

if (noBrowser) console.log(`Skipped: the story in a browser (${noBrowser}).`);

describe.skipIf(noBrowser !== null)("the story, clicked through", () => {
  let home: string;
  let server: ServerProcess;
  let browser: Browser;

  beforeAll(async () => {
    home = await emptyHome();
    server = await startServerProcess({ home, environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_LOG_LEVEL: "warn" } });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await removeHome(home);
  });

  it("goes from the alert to the report without a reload, and keeps the restricted case from whoever is not on its team", { timeout: 240_000 }, async () => {
    const priya = await openSeat(browser);
    const { page } = priya;
    await signIn(page, server.url, "priya.nair@qrst.com", "drawbridge");
    await page.goto(`${server.url}/playbooks/code42-exfiltration`);
    await page.locator('[data-step-id="open-case"]').first().waitFor();
    await page.goto(`${server.url}/playbooks`);
    await page
      .getByRole("button", { name: /simulate alert/i })
      .first()
      .click();
    await page.getByRole("menuitem").first().click();
    await page.waitForURL(/\/runs\/.+/);
    let loads = 0;
    page.on("load", () => (loads += 1));
    await page.locator('[data-step-id][data-status="succeeded"]').first().waitFor();
    await page
      .getByText(/^3\d succeeded/)
      .first()
      .waitFor({ timeout: 120_000 });
    await page.getByText("contained", { exact: false }).first().waitFor({ timeout: 60_000 });
    expect(loads).toBe(0);

    const helen = await openSeat(browser);
    await signIn(helen.page, server.url, "helen.brandt@qrst.com", "drawbridge");
    await helen.page.goto(`${server.url}/cases`);
    const restricted = helen.page.getByRole("link", { name: /Executive investigation: John Anderson/ }).first();
    await restricted.waitFor();
    const address = await restricted.getAttribute("href");
    await restricted.click();
    await helen.page
      .getByText(/restricted/i)
      .first()
      .waitFor();

    await helen.page.goto(`${server.url}/asks`);
    await helen.page.getByRole("button", { name: "Preserve", exact: true }).first().click();
    await expect.poll(() => helen.page.getByRole("button", { name: "Preserve", exact: true }).count(), { timeout: 20_000 }).toBe(0);

    const tom = await openSeat(browser);
    await signIn(tom.page, server.url, "tom.okafor@qrst.com", "drawbridge");
    await tom.page.goto(`${server.url}/cases`);
    await tom.page.getByText("Exposure on an endpoint").first().waitFor();
    expect(await tom.page.getByText(/Executive investigation/).count()).toBe(0);
    await tom.page.goto(`${server.url}${address ?? ""}`);
    await tom.page
      .getByText(/not-found/)
      .first()
      .waitFor();
    expect(await tom.page.getByText(/Executive investigation/).count()).toBe(0);

    await page.goto(`${server.url}/cases`);
    await page
      .getByRole("link", { name: /Exposure on an endpoint/ })
      .first()
      .click();
    await page.getByText("JANDERSON-LT").first().waitFor();
    await page
      .getByRole("tab", { name: /report/i })
      .first()
      .click();
    await page
      .getByRole("link", { name: /Investigation summary/i })
      .first()
      .click();
    await page.frameLocator("iframe").getByText("Roadmap-2027.pptx").first().waitFor();

    await page.goto(`${server.url}/mailbox`);
    await page
      .getByText(/Confidential: files of John Anderson/)
      .first()
      .waitFor();
    await page
      .getByText(/Investigation summary: Exposure on an endpoint/)
      .first()
      .waitFor();
    expect([...priya.errors, ...helen.errors, ...tom.errors]).toEqual([]);
  });

  it("isolates two hosts only when a person approves", { timeout: 240_000 }, async () => {
    const { page, errors } = await openSeat(browser);
    await signIn(page, server.url, "priya.nair@qrst.com", "drawbridge");
    await page.goto(`${server.url}/playbooks`);
    await page
      .getByRole("button", { name: /simulate alert/i })
      .first()
      .click();
    await page.getByRole("menuitem", { name: /two/i }).first().click();
    await page.waitForURL(/\/runs\/.+/);
    const run = page.url();
    await page.locator('[data-step-id="approve-isolation"][data-status="asking"]').first().waitFor();
    await page.goto(`${server.url}/asks`);
    await page
      .getByRole("button", { name: /approved/i })
      .first()
      .click();
    await page.goto(run);
    await page.locator('[data-step-id="contained"][data-status="succeeded"]').first().waitFor({ timeout: 120_000 });
    expect(errors).toEqual([]);
  });
});
