import { ApiClient } from "@drawbridge/cli/api-client";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyHome, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { launchBrowser, noBrowser, openSeat, signIn } from "./browser.ts";

if (noBrowser) console.log(`Skipped: drafts in two browsers (${noBrowser}).`);

const playbook = (name: string, begin: string) => ({
  schemaVersion: 1,
  id: "shared",
  name,
  start: ["begin"],
  steps: { begin: { kind: "section", name: begin, next: [] } },
  layout: { begin: { x: 200, y: 120 } },
});

describe.skipIf(noBrowser !== null)("two people who edit one playbook", () => {
  let home: string;
  let server: ServerProcess;
  let browser: Browser;
  let other: ApiClient;

  beforeAll(async () => {
    home = await emptyHome();
    server = await startServerProcess({ home, environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_LOG_LEVEL: "warn" } });
    browser = await launchBrowser();
    other = await new ApiClient(server.url).signIn("marek.kowal@qrst.com", "drawbridge");
    const { etag } = await other.call<{ etag: string }>("createPlaybook", { body: playbook("Shared", "Begin") });
    await other.call("publish", { params: { id: "shared" }, body: { note: "first" }, headers: { "if-match": etag } });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await removeHome(home);
  });

  const rename = async (page: Page, name: string) => {
    await page.locator('[data-step-id="begin"]').first().click();
    const field = page.getByRole("textbox", { name: "Name", exact: true }).first();
    await field.fill(name);
    await page
      .getByText(/^Saved/)
      .first()
      .waitFor();
  };

  it("has one of them merge what the other published, and choose where both changed the same", { timeout: 120_000 }, async () => {
    const { page, errors } = await openSeat(browser);
    await signIn(page, server.url, "ada.admin@qrst.com", "drawbridge");
    await page.goto(`${server.url}/playbooks/shared`);
    await rename(page, "Mine");
    const saved = await other.call<{ etag: string }>("saveDraft", { params: { id: "shared" }, body: playbook("Renamed", "Theirs"), headers: { "if-match": '"v1"' } });
    await other.call("publish", { params: { id: "shared" }, body: { note: "second" }, headers: { "if-match": saved.etag } });
    await page.getByRole("button", { name: /^publish v/i }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Publish", exact: true }).click();
    await dialog.getByText(/published v2 meanwhile/).waitFor();
    await dialog.getByText("Theirs: Theirs").waitFor();
    await dialog.getByRole("button", { name: "Merge v2 into the draft" }).click();
    await dialog.getByText(/published v2 meanwhile/).waitFor({ state: "detached" });
    await dialog.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByText("v3 is live").first().waitFor();
    expect(await other.call("getVersion", { params: { id: "shared", version: "3" } })).toMatchObject({ playbook: { name: "Renamed", steps: { begin: { name: "Mine" } } } });
    expect(errors).toEqual([]);
  });
});
