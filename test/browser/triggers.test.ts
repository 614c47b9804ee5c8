import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ApiClient } from "@drawbridge/cli/api-client";
import type { TriggerView } from "@drawbridge/protocol";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyHome, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { launchBrowser, noBrowser, openSeat, signIn } from "./browser.ts";

if (noBrowser) console.log(`Skipped: triggers in a browser (${noBrowser}).`);

const greeting = {
  schemaVersion: 1,
  id: "greeting",
  name: "Greeting",
  inputs: [
    { key: "who", type: "string", required: true },
    { key: "times", type: "number" },
  ],
  outputs: [{ key: "greeted", value: "{{ input.who }} {{ input.times }}" }],
  start: ["end"],
  steps: { end: { kind: "end", name: "End", outcome: "greeted" } },
};
const shell = promisify(execFile);

describe.skipIf(noBrowser !== null)("triggers", () => {
  let home: string;
  let server: ServerProcess;
  let browser: Browser;
  let api: ApiClient;

  beforeAll(async () => {
    home = await emptyHome();
    server = await startServerProcess({ home, environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_LOG_LEVEL: "warn" } });
    browser = await launchBrowser();
    api = await new ApiClient(server.url).signIn("marek.kowal@qrst.com", "drawbridge");
    const { etag } = await api.call<{ etag: string }>("createPlaybook", { body: greeting });
    await api.call("publish", { params: { id: "greeting" }, body: { note: "First" }, headers: { "if-match": etag } });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await removeHome(home);
  });

  const sit = async (email = "marek.kowal@qrst.com") => {
    const seat = await openSeat(browser);
    await signIn(seat.page, server.url, email, "drawbridge");
    return seat;
  };

  it("makes a signed webhook by mouse, and the request that it offers starts a run with its answer", { timeout: 120_000 }, async () => {
    const { page, errors } = await sit();
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Triggers" }).click();
    await page.getByRole("button", { name: "New webhook" }).click();
    const drawer = page.getByRole("dialog");
    await drawer.getByRole("combobox", { name: "Playbook" }).click();
    await page.getByRole("option", { name: "Greeting" }).click();
    await drawer.getByLabel("Name").fill("From the shop");
    await drawer.getByText("Taken from the request").click();
    await drawer.getByLabel("who").fill("{{ webhook.body.customer.name }}");
    await drawer.getByLabel("times").fill("3");
    await drawer.getByRole("switch", { name: "Requests must be signed" }).click();
    await drawer.getByLabel(/^Secret/).fill("sixteen letters or more");
    await drawer.getByRole("button", { name: "Create the webhook" }).click();
    const sample = (await drawer.getByLabel("Sample request").textContent()) ?? "";
    expect(sample).toContain(`${server.url}/hooks/`);
    const waited = sample.replace(/(\/hooks\/[\w-]+)/, "$1?wait=30s");
    const { stdout } = await shell("bash", ["-c", waited], { env: { ...process.env, SECRET: "sixteen letters or more" } });
    expect(JSON.parse(stdout)).toMatchObject({ status: "succeeded", outputs: { greeted: "text 3" } });
    const unsigned = await shell("bash", ["-c", waited], { env: { ...process.env, SECRET: "another secret of somebody" } });
    expect(JSON.parse(unsigned.stdout)).toMatchObject({ code: "bad-signature" });

    await drawer.getByRole("button", { name: "I have copied it" }).click();
    await page.waitForURL(/\/triggers\/.+/);
    await page.getByText("The last firing started nothing.").waitFor();
    await page.getByRole("link", { name: /its last run, succeeded/i }).waitFor();
    const token = /\/hooks\/([\w-]+)/.exec(sample)?.[1] ?? "";
    expect(await page.content()).not.toContain(token);
    await page.getByRole("button", { name: "Run now" }).click();
    const fire = page.getByRole("dialog");
    await fire.getByLabel("Body").fill('{ "customer": { "name": "Ada" } }');
    await fire.getByRole("button", { name: "Run now" }).click();
    await page.waitForURL(/\/runs\/.+/);
    expect(errors).toEqual([]);
  });

  it("makes a schedule by keyboard, which shows its next five ticks, and turns it off and deletes it", { timeout: 120_000 }, async () => {
    const { page, errors } = await sit();
    await page.goto(`${server.url}/triggers?playbook=greeting`);
    await page.getByRole("button", { name: "New trigger" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Schedule" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const drawer = page.getByRole("dialog");
    await drawer.getByLabel("Name").focus();
    await page.keyboard.type("Every Friday");
    await drawer.getByLabel("Cron expression").focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("61 8 * * 5");
    await drawer
      .getByRole("alert")
      .getByText(/not a cron expression/)
      .waitFor();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("30 8 * * 5");
    await drawer.getByText("At 08:30, only on Friday").waitFor();
    await drawer.getByRole("combobox", { name: "Time zone" }).focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("Auckland");
    await page.getByRole("option", { name: "Pacific/Auckland" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect
      .poll(
        () =>
          drawer
            .getByRole("list", { name: "Next ticks" })
            .getByText(/^Fri .+, 08:30$/)
            .count(),
        { timeout: 20_000 },
      )
      .toBe(5);
    await drawer.getByLabel("who").focus();
    await page.keyboard.type("Ada");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/triggers\/.+/);
    const id = page.url().split("/triggers/")[1] ?? "";
    const kept = await api.call<TriggerView>("getTrigger", { params: { id } });
    expect(kept).toMatchObject({ name: "Every Friday", inputs: { who: "Ada" }, schedule: { cron: "30 8 * * 5", zone: "Pacific/Auckland", missed: "once" } });

    await page.getByRole("switch", { name: "On" }).focus();
    await page.keyboard.press("Space");
    await page.getByText("It is off; nothing starts.").waitFor();
    await page.getByRole("button", { name: "More for Every Friday" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Delete" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL((address) => address.pathname === "/triggers");
    await expect.poll(() => page.getByRole("link", { name: "Every Friday" }).count(), { timeout: 20_000 }).toBe(0);
    expect(errors).toEqual([]);
  });

  it("lets whoever may not change triggers read them", { timeout: 60_000 }, async () => {
    await api.call("createTrigger", { body: { kind: "webhook", name: "Read only", playbook: "greeting" } });
    const { page, errors } = await sit("tom.okafor@qrst.com");
    await page.goto(`${server.url}/triggers`);
    await page.getByRole("link", { name: "Read only" }).click();
    await page.getByRole("heading", { name: "How to call it" }).waitFor();
    expect(await page.getByRole("button", { name: /run now|edit|more for|new trigger/i }).count()).toBe(0);
    expect(errors).toEqual([]);
  });
});
