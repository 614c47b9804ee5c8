import { ApiClient } from "@drawbridge/cli/api-client";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { emptyHome, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { launchBrowser, noBrowser, openSeat, signIn } from "./browser.ts";

if (noBrowser) console.log(`Skipped: settings in a browser (${noBrowser}).`);

const short = { schemaVersion: 1, id: "short", name: "Short", start: ["end"], steps: { end: { kind: "end", name: "End", outcome: "done" } } };

describe.skipIf(noBrowser !== null)("settings", () => {
  let home: string;
  let server: ServerProcess;
  let browser: Browser;
  let api: ApiClient;

  beforeAll(async () => {
    home = await emptyHome();
    server = await startServerProcess({ home, environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_LOG_LEVEL: "warn" } });
    browser = await launchBrowser();
    api = await new ApiClient(server.url).signIn("marek.kowal@qrst.com", "drawbridge");
    const { etag } = await api.call<{ etag: string }>("createPlaybook", { body: short });
    await api.call("publish", { params: { id: "short" }, body: { note: "First" }, headers: { "if-match": etag } });
    for (let count = 0; count < 3; count += 1) {
      const { id } = await api.call<{ id: string }>("startRun", { body: { playbook: "short" } });
      await vi.waitFor(async () => expect((await api.call<{ run: { status: string } }>("getRun", { params: { id } })).run.status).toBe("succeeded"), 20_000);
    }
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await removeHome(home);
  });

  it("say how many runs a change would delete before it is saved, and list the playbooks that depart from the default", { timeout: 120_000 }, async () => {
    const { page, errors } = await openSeat(browser);
    await signIn(page, server.url, "marek.kowal@qrst.com", "drawbridge");
    await page.goto(`${server.url}/playbooks/short/settings`);
    await page.getByText("No run would be deleted now.").waitFor();
    await page.getByLabel("Keep at most").fill("1");
    await page.getByText("2 runs would be deleted, within the hour and for good.").waitFor();
    expect(await api.call("getPlaybookSettings", { params: { id: "short" } })).toMatchObject({ keepRuns: null });
    await page.getByLabel("Calls at once").fill("4");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("The settings of Short are saved.").waitFor();
    expect(await api.call("getPlaybookSettings", { params: { id: "short" } })).toEqual({ keepDays: null, keepRuns: 1, callsAtOnce: 4 });
    await page.getByRole("link", { name: "Default for all playbooks" }).click();
    await page.getByText("at most 1 run, 4 calls at once").waitFor();
    await page.getByText("An admin can change it.").waitFor();
    expect(await page.getByRole("button", { name: "Save" }).count()).toBe(0);
    expect(errors).toEqual([]);
  });
});
