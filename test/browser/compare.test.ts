import { ApiClient } from "@drawbridge/cli/api-client";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyHome, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { launchBrowser, noBrowser, openSeat, signIn } from "./browser.ts";

if (noBrowser) console.log(`Skipped: comparing versions in a browser (${noBrowser}).`);

const section = (name: string, next: readonly string[]) => ({ kind: "section", name, next });
const first = {
  schemaVersion: 1,
  id: "containment",
  name: "Containment",
  start: ["begin"],
  steps: {
    begin: section("Begin", ["ask"]),
    ask: {
      kind: "ask",
      name: "Isolate it?",
      prompt: "Isolate the endpoint?\nThe user is told.",
      branches: [
        { label: "yes", tone: "positive", next: ["tell"] },
        { label: "no", next: ["done"] },
      ],
      timeLimit: "PT30M",
    },
    tell: section("Tell the user", ["done"]),
    done: { kind: "end", name: "Done", outcome: "done" },
  },
  layout: { begin: { x: 200, y: 0 }, ask: { x: 200, y: 110 }, tell: { x: 100, y: 260 }, done: { x: 340, y: 380 } },
};
const second = {
  ...first,
  description: "Asks before it isolates.",
  steps: {
    begin: first.steps.begin,
    ask: {
      ...first.steps.ask,
      prompt: "Isolate the endpoint now?\nThe user is told.",
      branches: [
        { label: "yes", tone: "positive", next: ["note"] },
        { label: "no", next: ["done"] },
      ],
      timeLimit: "PT1H",
    },
    note: section("Write it down", ["done"]),
    done: first.steps.done,
  },
  layout: { begin: { x: 200, y: 0 }, ask: { x: 200, y: 110 }, note: { x: 100, y: 260 }, done: { x: 340, y: 420 } },
};

describe.skipIf(noBrowser !== null)("versions in the browser", () => {
  let home: string;
  let server: ServerProcess;
  let browser: Browser;
  let other: ApiClient;

  const publish = async (playbook: { readonly id: string }, note: string, ifMatch?: string) => {
    const { etag } =
      ifMatch === undefined
        ? await other.call<{ etag: string }>("createPlaybook", { body: playbook })
        : await other.call<{ etag: string }>("saveDraft", { params: { id: playbook.id }, body: playbook, headers: { "if-match": ifMatch } });
    await other.call("publish", { params: { id: playbook.id }, body: { note }, headers: { "if-match": etag } });
  };

  beforeAll(async () => {
    home = await emptyHome();
    server = await startServerProcess({ home, environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_LOG_LEVEL: "warn" } });
    browser = await launchBrowser();
    other = await new ApiClient(server.url).signIn("marek.kowal@qrst.com", "drawbridge");
    await publish(first, "The first");
    await publish(second, "Asks anew", '"v1"');
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await removeHome(home);
  });

  const open = async (path: string, size: { width?: number; height?: number } = {}) => {
    const seat = await openSeat(browser, size);
    await signIn(seat.page, server.url, "ada.admin@qrst.com", "drawbridge");
    await seat.page.goto(`${server.url}${path}`);
    return seat;
  };
  const entries = (page: Page) => page.locator("[data-change-list] article");
  const keysOf = (page: Page) => entries(page).evaluateAll((all) => all.map((each) => `${each.getAttribute("data-kind")} ${each.getAttribute("data-change")}`));
  const current = (page: Page, key: string) => page.locator(`article[data-change="${key}"][data-current]`).waitFor();

  it("shows what a version changed, on the canvas and as a list, by mouse", { timeout: 120_000 }, async () => {
    const { page, errors } = await open("/playbooks/containment");
    await page.getByRole("button", { name: "Versions" }).click();
    await page.getByRole("article", { name: "Version 2" }).getByRole("link", { name: "What it changed" }).click();
    await page.waitForURL(/compare\?from=1&to=2/);
    await entries(page).first().waitFor();
    expect(await keysOf(page)).toEqual(["changed playbook:details", "changed step:ask", "added step:note", "removed step:tell", "moved step:done"]);
    const ask = page.locator('article[data-change="step:ask"]');
    expect(await ask.locator("[data-pointer]").evaluateAll((all) => all.map((each) => each.getAttribute("aria-label")))).toEqual([
      "Question",
      "Answer yes › Goes to",
      "Time limit",
    ]);
    expect(await ask.getByRole("group", { name: "Time limit" }).innerText()).toContain("30 min");
    expect(await ask.getByRole("group", { name: "Question" }).locator("mark").allInnerTexts()).toEqual([" now"]);

    const node = (id: string) => page.locator(`.react-flow [data-step-id="${id}"]`);
    expect(await Promise.all(["begin", "ask", "note", "tell", "done"].map((id) => node(id).getAttribute("data-change")))).toEqual([null, "changed", "added", "removed", "moved"]);
    expect(await node("tell").getAttribute("aria-label")).toBe("Tell the user, removed");
    const line = (to: string) => page.locator(`g[data-way="branch:yes"][data-to="${to}"]`);
    expect([await line("note").getAttribute("data-state"), await line("tell").getAttribute("data-state")]).toEqual(["added", "removed"]);

    await page.locator('article[data-change="step:tell"] button').first().click();
    await page.locator(".react-flow__node.selected", { hasText: "Tell the user" }).waitFor();
    await node("ask").click();
    await current(page, "step:ask");

    await page.getByRole("button", { name: /^Removed 1/ }).click();
    await entries(page).nth(1).waitFor({ state: "detached" });
    expect(await keysOf(page)).toEqual(["removed step:tell"]);
    await page.getByRole("button", { name: "Swap before and after" }).click();
    await page.waitForURL(/from=2&to=1/);
    await page.locator('article[data-change="step:tell"][data-kind="added"]').waitFor();

    await page.getByRole("combobox", { name: "After" }).click();
    await page.getByRole("option", { name: /^v2/ }).click();
    await page.getByText("The two are the same").waitFor();
    expect(errors).toEqual([]);
  });

  it("goes from change to change by keys, says which it is, and can be linked to", { timeout: 120_000 }, async () => {
    const { page, errors } = await open("/playbooks/containment/compare?from=1&to=2");
    await entries(page).first().waitFor();
    const status = page.getByRole("status").filter({ hasText: /change|added/i });
    expect(await status.last().innerText()).toBe("1 added, 1 removed, 2 changed, 1 only moved");
    await page.keyboard.press("n");
    await current(page, "playbook:details");
    await page.keyboard.press("j");
    await current(page, "step:ask");
    await page.getByText("Change 2 of 5: Isolate it?, changed: Question, Answer yes › Goes to, Time limit").waitFor({ state: "attached" });
    await page.locator(".react-flow__node.selected", { hasText: "Isolate it?" }).waitFor();
    await page.locator('article[data-change="step:ask"] button').first().focus();
    await page.keyboard.press("ArrowDown");
    await current(page, "step:note");
    await page.locator('article[data-change="step:note"] button:focus').waitFor();
    await page.keyboard.press("End");
    await current(page, "step:done");
    await page.keyboard.press("p");
    await current(page, "step:tell");
    await page.waitForURL(/at=step%3Atell/);

    const { page: linked } = await open(new URL(page.url()).pathname + new URL(page.url()).search);
    await current(linked, "step:tell");
    await linked.locator(".react-flow__node.selected", { hasText: "Tell the user" }).waitFor();
    expect(errors).toEqual([]);
  });

  it("has the list first on a phone, and the canvas behind a tab", { timeout: 120_000 }, async () => {
    const { page, errors } = await open("/playbooks/containment/compare?from=1&to=2", { width: 390, height: 844 });
    await entries(page).first().waitFor();
    await page.getByRole("button", { name: "Next change" }).click();
    await page.getByRole("button", { name: "Next change" }).click();
    await current(page, "step:ask");
    await page.getByRole("tab", { name: "Canvas" }).click();
    await page.locator(".react-flow__node.selected", { hasText: "Isolate it?" }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(errors).toEqual([]);
  });

  it("compares a thousand steps that all changed", { timeout: 180_000 }, async () => {
    const many = (seconds: number) => {
      const ids = Array.from({ length: 1_000 }, (_, at) => `s${at}`);
      const steps = ids.map((id, at) => [id, { kind: "wait", name: `Wait ${at}`, for: `PT${seconds}S`, next: ids[at + 1] === undefined ? [] : [ids[at + 1]] }] as const);
      const layout = ids.map((id, at) => [id, { x: (at % 20) * 240, y: Math.floor(at / 20) * 110 }] as const);
      return { schemaVersion: 1, id: "many", name: "Many", start: ["s0"], steps: Object.fromEntries(steps), layout: Object.fromEntries(layout) };
    };
    await publish(many(1), "one");
    await publish(many(2), "two", '"v1"');
    const { page, errors } = await open("/playbooks/many/compare?from=1&to=2");
    await entries(page).first().waitFor();
    expect(await entries(page).count()).toBeLessThan(60);
    await page.getByRole("heading", { name: "1,000 changes" }).waitFor();
    await page.keyboard.press("n");
    await current(page, "step:s0");
    await page.keyboard.press("End");
    await current(page, "step:s999");
    await page.locator('.react-flow [data-step-id="s999"]').waitFor();
    expect(errors).toEqual([]);
  });

  it("rolls back from the history once it is told why", { timeout: 120_000 }, async () => {
    const { page, errors } = await open("/playbooks/containment");
    await page.getByRole("button", { name: "Versions" }).click();
    const history = page.getByRole("dialog", { name: "Versions" });
    const version = (number: number) => history.getByRole("article", { name: `Version ${number}` });
    expect(await version(2).innerText()).toContain("Asks anew");
    await version(2).getByRole("img", { name: "1 added, 1 removed, 2 changed, 1 only moved" }).waitFor();
    await version(1).getByRole("button", { name: "Look" }).click();
    await history.locator('[data-step-id="tell"]').waitFor();
    await version(1).getByRole("button", { name: "More for v1" }).press("Enter");
    await page.getByRole("menuitem", { name: /roll back to v1/i }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "Roll back to v1" });
    await dialog.getByText("is published anew as v3").waitFor();
    await dialog.getByRole("region", { name: "What will change" }).getByText("Tell the user").waitFor();
    const done = dialog.getByRole("button", { name: "Roll back to v1" });
    expect(await done.isDisabled()).toBe(true);
    await dialog.getByRole("textbox", { name: /why/i }).fill("It asked too late");
    await done.click();
    await version(3).getByText("It asked too late").waitFor();
    await version(3).getByText("live", { exact: true }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("v3 is live", { exact: true }).waitFor();
    await page.locator('.react-flow [data-step-id="tell"]').waitFor();
    expect(await other.call("getVersion", { params: { id: "containment", version: "3" } })).toMatchObject({
      by: "ada.admin@qrst.com",
      playbook: { steps: { tell: { name: "Tell the user" } } },
    });
    expect(errors).toEqual([]);
  });
});
