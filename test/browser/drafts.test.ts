import { ApiClient } from "@drawbridge/cli/api-client";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyHome, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { launchBrowser, noBrowser, openSeat, signIn } from "./browser.ts";

if (noBrowser) console.log(`Skipped: drafts in two browsers (${noBrowser}).`);

const playbook = (id: string, name: string, begin: string) => ({
  schemaVersion: 1,
  id,
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
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await removeHome(home);
  });

  const begin = async (id: string) => {
    const { etag } = await other.call<{ etag: string }>("createPlaybook", { body: playbook(id, "Shared", "Begin") });
    await other.call("publish", { params: { id }, body: { note: "first" }, headers: { "if-match": etag } });
  };
  const rename = async (page: Page, name: string) => {
    await page.locator('[data-step-id="begin"]').first().click();
    const field = page.getByRole("textbox", { name: "Name", exact: true }).first();
    await field.fill(name);
    await page
      .getByText(/^Saved/)
      .first()
      .waitFor();
  };

  it.each([
    { kept: "mine", key: "m", name: "Begin of mine" },
    { kept: "theirs", key: "t", name: "Begin of theirs" },
  ])("has one of them merge what the other published, and look at it before $kept is kept of what both changed", { timeout: 120_000 }, async ({ kept, key, name }) => {
    const id = `shared-${kept}`;
    await begin(id);
    const { page, errors } = await openSeat(browser);
    await signIn(page, server.url, "ada.admin@qrst.com", "drawbridge");
    await page.goto(`${server.url}/playbooks/${id}`);
    await rename(page, "Begin of mine");
    const saved = await other.call<{ etag: string }>("saveDraft", { params: { id }, body: playbook(id, "Renamed", "Begin of theirs"), headers: { "if-match": '"v1"' } });
    await other.call("publish", { params: { id }, body: { note: "second" }, headers: { "if-match": saved.etag } });
    await page.getByRole("button", { name: /^publish v/i }).click();
    const dialog = page.getByRole("dialog", { name: /^Publish v/ });
    await dialog.getByRole("region", { name: "What will change" }).getByText("Begin of mine").waitFor();
    await dialog.getByRole("button", { name: "Publish", exact: true }).click();
    await dialog.getByRole("button", { name: "Merge v2 into the draft" }).click();

    const merge = page.getByRole("dialog", { name: "Merge v2 into my draft" });
    const take = merge.getByRole("button", { name: "Take the merge" });
    const conflict = merge.getByRole("region", { name: "Begin of mine, Name" });
    const drawn = merge.locator('.react-flow [data-step-id="begin"]');
    expect(await conflict.innerText()).toMatch(/Before\s+Begin/);
    await drawn.getByText("Begin of mine", { exact: true }).waitFor();
    expect(await take.isDisabled()).toBe(true);
    await conflict.getByRole("radio", { name: "Theirs: Begin of theirs" }).check();
    await drawn.getByText("Begin of theirs", { exact: true }).waitFor();
    expect(await drawn.getAttribute("data-change")).toBe("changed");
    await conflict.getByRole("radio", { name: "Mine: Begin of mine" }).check();
    await drawn.getByText("Begin of mine", { exact: true }).waitFor();
    await page.keyboard.press("n");
    await page.keyboard.press(key);
    await drawn.getByText(name, { exact: true }).waitFor();
    await take.press("Enter");
    await merge.waitFor({ state: "detached" });
    await dialog.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByText("v3 is live").first().waitFor();
    expect(await other.call("getVersion", { params: { id, version: "3" } })).toMatchObject({ playbook: { name: "Renamed", steps: { begin: { name } } } });
    expect(errors).toEqual([]);
  });

  it("offers the merge at once when the draft is known to be of an older version", { timeout: 120_000 }, async () => {
    await begin("behind");
    const ada = await new ApiClient(server.url).signIn("ada.admin@qrst.com", "drawbridge");
    const save = (person: ApiClient, name: string, step: string) =>
      person.call<{ etag: string }>("saveDraft", { params: { id: "behind" }, body: playbook("behind", name, step), headers: { "if-match": '"v1"' } });
    await save(ada, "Shared", "Begin of mine");
    const { etag } = await save(other, "Renamed", "Begin");
    await other.call("publish", { params: { id: "behind" }, body: { note: "second" }, headers: { "if-match": etag } });
    const { page, errors } = await openSeat(browser);
    await signIn(page, server.url, "ada.admin@qrst.com", "drawbridge");
    await page.goto(`${server.url}/playbooks/behind`);
    await page.getByRole("button", { name: /^publish v/i }).click();
    const dialog = page.getByRole("dialog", { name: /^Publish v/ });
    await dialog.getByText("What both of you changed fits together; nothing of either is lost.").waitFor();
    const publish = dialog.getByRole("button", { name: "Publish", exact: true });
    expect(await publish.isDisabled()).toBe(true);
    await dialog.getByRole("button", { name: "Merge v2 into the draft" }).click();
    await page.getByRole("dialog", { name: "Merge v2 into my draft" }).getByRole("button", { name: "Take the merge" }).click();
    await dialog.getByRole("region", { name: "What will change" }).getByText("Begin of mine").waitFor();
    await publish.click();
    await page.getByText("v3 is live").first().waitFor();
    expect(await other.call("getVersion", { params: { id: "behind", version: "3" } })).toMatchObject({
      playbook: { name: "Renamed", steps: { begin: { name: "Begin of mine" } } },
    });
    expect(errors).toEqual([]);
  });
});
