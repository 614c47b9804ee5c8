import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { emptyHome, removeHome, startServerProcess } from "../server-process.ts";
import { launchBrowser, openSeat, signIn } from "./browser.ts";

const folder = join(import.meta.dirname, "../../screenshots");
const views = [
  { name: "1440-light", width: 1440, height: 900, scheme: "light" },
  { name: "1440-dark", width: 1440, height: 900, scheme: "dark" },
  { name: "390-light", width: 390, height: 844, scheme: "light" },
  { name: "390-dark", width: 390, height: 844, scheme: "dark" },
] as const;

/** Pictures of every page, of a server with one run of the story on its way. */
const home = await emptyHome();
const server = await startServerProcess({ home, environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_LOG_LEVEL: "warn" } });
const browser = await launchBrowser();

async function startStory(page: Page): Promise<string> {
  await page.goto(`${server.url}/playbooks`);
  await page
    .getByRole("button", { name: /simulate alert/i })
    .first()
    .click();
  await page.getByRole("menuitem").first().click();
  await page.waitForURL(/\/runs\/.+/);
  await page.locator('[data-step-id="until-isolated"]').first().waitFor();
  return new URL(page.url()).pathname;
}

try {
  await mkdir(folder, { recursive: true });
  const first = await openSeat(browser);
  await signIn(first.page, server.url, "priya.nair@qrst.com", "drawbridge");
  const run = await startStory(first.page);
  await first.page.locator('[data-step-id="until-isolated"][data-status="sleeping"], [data-step-id="until-isolated"][data-status="running"]').first().waitFor();
  await first.page.locator("g[data-way]").nth(8).waitFor({ state: "attached" });
  await first.page
    .getByText(/poll [2-9] of/i)
    .first()
    .waitFor();
  await first.page.screenshot({ path: join(folder, "run-live.png") });
  await first.page
    .getByText(/contained/i)
    .first()
    .waitFor({ timeout: 60_000 });
  const pages = {
    playbooks: "/playbooks",
    editor: "/playbooks/code42-exfiltration",
    runs: "/runs",
    run,
    cases: "/cases",
    case: "/cases/CASE-2041",
    asks: "/asks",
    integrations: "/integrations",
    mailbox: "/mailbox",
  };
  for (const view of views) {
    const { page } = await openSeat(browser, view);
    await page.goto(`${server.url}/sign-in`);
    await page.getByRole("button", { name: /sign in/i }).waitFor();
    await page.screenshot({ path: join(folder, `sign-in-${view.name}.png`) });
    await signIn(page, server.url, "priya.nair@qrst.com", "drawbridge");
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(`${server.url}${path}`);
      await page.waitForLoadState("networkidle");
      if (view.width > 900 && ["editor", "run"].includes(name)) await page.locator("g[data-way]").nth(8).waitFor({ state: "attached" });
      await page.screenshot({ path: join(folder, `${name}-${view.name}.png`) });
    }
  }
  console.log(`Pictures are in ${folder}`);
} finally {
  await browser.close();
  await server.stop();
  await removeHome(home);
}
