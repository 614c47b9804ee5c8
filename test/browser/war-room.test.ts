import { ApiClient } from "@drawbridge/cli/api-client";
import type { CaseSummary, RunSummary } from "@drawbridge/protocol";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyHome, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { launchBrowser, noBrowser, openSeat, signIn } from "./browser.ts";

if (noBrowser) console.log(`Skipped: the war room in a browser (${noBrowser}).`);

const greeting = {
  schemaVersion: 1,
  id: "greeting",
  name: "Greeting",
  inputs: [
    { key: "who", type: "string", required: true },
    { key: "times", type: "number" },
  ],
  start: ["end"],
  steps: { end: { kind: "end", name: "End", outcome: "greeted" } },
};

describe.skipIf(noBrowser !== null)("/run in a war room", () => {
  let home: string;
  let server: ServerProcess;
  let browser: Browser;
  let caseId: string;
  let api: ApiClient;

  beforeAll(async () => {
    home = await emptyHome();
    server = await startServerProcess({ home, environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_LOG_LEVEL: "warn" } });
    browser = await launchBrowser();
    api = await new ApiClient(server.url).signIn("marek.kowal@qrst.com", "drawbridge");
    const { etag } = await api.call<{ etag: string }>("createPlaybook", { body: greeting });
    await api.call("publish", { params: { id: "greeting" }, body: { note: "First" }, headers: { "if-match": etag } });
    const body = { title: "A case", type: "Exposure on an endpoint", severity: "high", subject: "John Anderson" };
    caseId = (await api.call<CaseSummary>("openCase", { body })).id;
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await removeHome(home);
  });

  it("is completed by keyboard, says what is wrong in place, and links the run that it started on the case", { timeout: 120_000 }, async () => {
    const { page, errors } = await openSeat(browser);
    await signIn(page, server.url, "marek.kowal@qrst.com", "drawbridge");
    await page.goto(`${server.url}/cases/${caseId}`);
    const field = page.getByLabel("War room entry");
    await field.focus();
    await page.keyboard.type("/r");
    await page.getByRole("option", { name: /\/run/ }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.type("gree");
    await page.getByRole("option", { name: /greeting/ }).waitFor();
    await page.keyboard.press("Tab");
    await page.getByText("needs who").waitFor();
    await page.getByRole("option", { name: /who=/ }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.type("Ada times=many");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText(/times/).waitFor();
    for (let count = 0; count < "many".length; count += 1) await page.keyboard.press("Backspace");
    await page.keyboard.type("2");
    await page.keyboard.press("Enter");
    const link = page.getByRole("link", { name: "Open the run" });
    await link.waitFor();
    await expect.poll(() => field.inputValue(), { timeout: 20_000 }).toBe("");
    await link.click();
    await page.waitForURL(/\/runs\/.+/);
    const id = page.url().split("/runs/")[1] ?? "";
    expect((await api.call<{ run: RunSummary }>("getRun", { params: { id } })).run).toMatchObject({ caseId, trigger: { kind: "war-room", by: "marek.kowal@qrst.com" } });
    expect(errors).toEqual([]);
  });
});
