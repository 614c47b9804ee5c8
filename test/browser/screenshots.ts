import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { ApiClient } from "@drawbridge/cli/api-client";
import type { PlaybookDraft } from "@drawbridge/protocol";
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

/** A webhook that has refused a body, and a schedule. */
async function makeTriggers(): Promise<{ webhook: string; schedule: string }> {
  const api = await new ApiClient(server.url).signIn("marek.kowal@qrst.com", "drawbridge");
  const make = (body: object) => api.call<{ trigger: { id: string }; token: string | null }>("createTrigger", { body });
  const playbook = "code42-exfiltration";
  const inputs = { alertId: "{{ webhook.body.alert.id }}" };
  const hook = await make({ kind: "webhook", name: "Alerts from the SIEM", playbook, inputs, signature: { secret: "a secret for pictures" } });
  const times = await make({ kind: "schedule", name: "Morning sweep", playbook, cron: "0 9 * * 1-5", zone: "Europe/Berlin", inputs: { alertId: "none" } });
  await fetch(`${server.url}/hooks/${hook.token ?? ""}`, { method: "POST", body: "{}" });
  return { webhook: hook.trigger.id, schedule: times.trigger.id };
}

/** A draft of the story's playbook in which something was added, removed, changed and moved. */
async function changeStory(): Promise<void> {
  const api = await new ApiClient(server.url).signIn("ada.admin@qrst.com", "drawbridge");
  const params = { id: "code42-exfiltration" };
  const { playbook, etag } = await api.call<PlaybookDraft>("getDraft", { params });
  const { "evidence-alert": _gone, ...steps } = playbook.steps;
  const stood = playbook.layout?.["stop-sla-early"] ?? { x: 0, y: 0 };
  const changed = {
    ...playbook,
    steps: {
      ...steps,
      "get-alert": { ...steps["get-alert"], retry: { attempts: 6, delay: "PT2S" }, timeout: "PT45S" },
      "fill-case": { ...steps["fill-case"], next: ["write-report"] },
      "tell-resolved-already": { ...steps["tell-resolved-already"], next: ["tell-owner"] },
      "tell-owner": {
        kind: "action",
        name: "Tell the owner",
        action: "cases.add-note",
        with: { case: "{{ steps.open-case.output.case.id }}", text: "Alert {{ input.alertId }} needed nothing." },
        next: ["stop-sla-early"],
      },
    },
    layout: { ...playbook.layout, "tell-owner": stood, "stop-sla-early": { x: stood.x, y: stood.y + 96 } },
  };
  await api.call("saveDraft", { params, body: changed, headers: { "if-match": etag } });
}

const dialog = (page: Page) => page.getByRole("dialog").waitFor();

/** What opens in the editor: its name, how it is opened, and where it can be seen. */
const inEditor: { readonly [name: string]: (page: Page) => Promise<unknown> } = {
  versions: async (page) => {
    await page.getByRole("button", { name: "Versions" }).click();
    await page.getByRole("article", { name: "Version 1" }).waitFor();
  },
  "dry-run": (page) => page.getByRole("button", { name: "Dry run", exact: true }).click(),
  outline: (page) => page.getByRole("radiogroup", { name: "View" }).getByText("Outline").click(),
  publish: async (page) => {
    await page.getByRole("button", { name: /^Publish v/ }).click();
    await dialog(page);
  },
  shortcuts: async (page) => {
    await page.keyboard.press("?");
    await dialog(page);
  },
};

async function showEditor(page: Page, { name: view, width }: (typeof views)[number]): Promise<void> {
  for (const [name, open] of Object.entries(inEditor)) {
    // A phone shows the outline alone, and edits nothing.
    if (width < 900 && name !== "versions") continue;
    await page.goto(`${server.url}/playbooks/code42-exfiltration`);
    await page.waitForLoadState("networkidle");
    const way = await open(page).catch((error: unknown) => error);
    if (way instanceof Error) console.log(`No picture of ${name} at ${view}: ${way.message.split("\n")[0]}`);
    else await page.screenshot({ path: join(folder, `${name}-${view}.png`) });
  }
}

async function show(page: Page, view: (typeof views)[number], pages: { readonly [name: string]: string }): Promise<void> {
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(`${server.url}${path}`);
    await page.waitForLoadState("networkidle");
    if (name === "compare") await page.locator("article[data-current]").waitFor();
    if (view.width > 900 && ["editor", "run"].includes(name)) await page.locator("g[data-way]").nth(8).waitFor({ state: "attached" });
    await page.screenshot({ path: join(folder, `${name}-${view.name}.png`) });
  }
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
  const { webhook, schedule } = await makeTriggers();
  await changeStory();
  const pages = {
    playbooks: "/playbooks",
    editor: "/playbooks/code42-exfiltration",
    runs: "/runs",
    run,
    "run-step": `${run}?step=get-alert`,
    cases: "/cases",
    case: "/cases/CASE-2041",
    asks: "/asks",
    integrations: "/integrations",
    mailbox: "/mailbox",
  };
  const adminPages = {
    triggers: "/triggers",
    webhook: `/triggers/${webhook}`,
    schedule: `/triggers/${schedule}`,
    "new-webhook": "/triggers?add=webhook&playbook=code42-exfiltration",
    "new-schedule": "/triggers?add=schedule&playbook=code42-exfiltration",
    compare: "/playbooks/code42-exfiltration/compare?from=live&to=draft&at=step%3Atell-owner",
    settings: "/settings",
    "playbook-settings": "/playbooks/code42-exfiltration/settings",
  };
  for (const view of views) {
    const { page } = await openSeat(browser, view);
    await page.goto(`${server.url}/sign-in`);
    await page.getByRole("button", { name: /sign in/i }).waitFor();
    await page.screenshot({ path: join(folder, `sign-in-${view.name}.png`) });
    await signIn(page, server.url, "priya.nair@qrst.com", "drawbridge");
    await show(page, view, pages);
    const admin = await openSeat(browser, view);
    await signIn(admin.page, server.url, "ada.admin@qrst.com", "drawbridge");
    await show(admin.page, view, adminPages);
    await showEditor(admin.page, view);
  }
  console.log(`Pictures are in ${folder}`);
} finally {
  await browser.close();
  await server.stop();
  await removeHome(home);
}
