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

  interface Stored {
    readonly playbook: { readonly steps: Record<string, { readonly name: string }> };
  }
  const polling = { timeout: 20_000 };
  const twoSteps = (id: string) => ({
    ...playbook(id, "Two", "Begin"),
    steps: { begin: { kind: "section", name: "Begin", next: ["then"] }, then: { kind: "section", name: "Then", next: [] } },
    layout: { begin: { x: 200, y: 120 }, then: { x: 200, y: 260 } },
  });
  const make = async (id: string) => {
    const { etag } = await other.call<{ etag: string }>("createPlaybook", { body: twoSteps(id) });
    await other.call("publish", { params: { id }, body: { note: "first" }, headers: { "if-match": etag } });
  };
  const sit = async (email: string, id: string, width = 1440) => {
    const seat = await openSeat(browser, { width });
    await signIn(seat.page, server.url, email, "drawbridge");
    await seat.page.goto(`${server.url}/playbooks/${id}`);
    await seat.page.locator("[data-step-id='begin']").or(seat.page.getByText("Begin")).first().waitFor();
    return seat;
  };
  const nameStep = async (page: Page, step: string, name: string) => {
    await page.locator(`[data-step-id="${step}"]`).first().click();
    await page.getByRole("textbox", { name: "Name", exact: true }).first().fill(name);
    await page
      .getByRole("status")
      .getByText(/^Saved/)
      .first()
      .waitFor();
  };
  const publish = async (page: Page, note: string) => {
    await page.getByRole("button", { name: /^publish v/i }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("What changed").fill(note);
    await dialog.getByRole("button", { name: "Publish", exact: true }).press("Enter");
    await dialog.waitFor({ state: "detached" });
  };

  it("shows each who else is there, and what the other publishes, and both of them lose nothing", { timeout: 120_000 }, async () => {
    await make("together");
    const [ada, marek] = [await sit("ada.admin@qrst.com", "together"), await sit("marek.kowal@qrst.com", "together")];
    await ada.page.getByRole("img", { name: "Also here: Marek Kowal" }).waitFor();
    await marek.page.getByRole("img", { name: "Also here: Ada Admin" }).waitFor();
    await nameStep(ada.page, "begin", "Ada's step");
    await nameStep(marek.page, "then", "Marek's step");
    await publish(ada.page, "Renamed the first");
    const notice = marek.page.getByRole("status").filter({ hasText: "Ada Admin published version 2: Renamed the first" });
    await notice.waitFor();
    expect(await notice.getByRole("link", { name: "Look" }).getAttribute("href")).toMatch(/\/playbooks\/together\/compare\?from=1&to=2/);
    await notice.getByRole("button", { name: "Take it into my draft" }).press("Enter");
    await notice.waitFor({ state: "detached" });
    await expect.poll(() => marek.page.locator('[data-step-id="begin"]').first().textContent(), polling).toContain("Ada's step");
    await publish(marek.page, "Renamed the second");
    await ada.page
      .getByRole("status")
      .filter({ hasText: /Marek Kowal published version 3: Renamed the second\s*It is what you see now/ })
      .waitFor();
    await expect.poll(() => ada.page.locator('[data-step-id="then"]').first().textContent(), polling).toContain("Marek's step");
    const { playbook: third } = await other.call<Stored>("getVersion", { params: { id: "together", version: "3" } });
    expect(Object.values(third.steps).map(({ name }) => name)).toEqual(["Ada's step", "Marek's step"]);
    await marek.context.close();
    await ada.page.getByRole("img", { name: /^Also here/ }).waitFor({ state: "detached" });
    expect([...ada.errors, ...marek.errors]).toEqual([]);
    await ada.context.close();
  });

  it("asks only about what both changed, also when the draft is opened long after, and tells of rolling back", { timeout: 120_000 }, async () => {
    await make("stale");
    const ada = await sit("ada.admin@qrst.com", "stale");
    await nameStep(ada.page, "begin", "Ada's step");
    await ada.context.close();
    const { etag } = await other.call<{ etag: string }>("saveDraft", {
      params: { id: "stale" },
      body: { ...twoSteps("stale"), steps: { begin: { kind: "section", name: "Marek's", next: ["then"] }, then: { kind: "section", name: "Marek's too", next: [] } } },
      headers: { "if-match": '"v1"' },
    });
    await other.call("publish", { params: { id: "stale" }, body: { note: "Both" }, headers: { "if-match": etag } });
    const again = await sit("ada.admin@qrst.com", "stale");
    const notice = again.page.getByRole("status").filter({ hasText: "Marek Kowal published version 2: Both" });
    await notice.getByRole("button", { name: "Take it into my draft" }).click();
    const dialog = again.page.getByRole("dialog", { name: "Which of the two stays?" });
    await dialog.getByText("1 thing was changed on both sides").waitFor();
    await dialog.getByRole("radio", { name: "Mine: Ada's step" }).check();
    await dialog.getByRole("button", { name: "Merge" }).press("Enter");
    await notice.waitFor({ state: "detached" });
    await expect
      .poll(async () => await again.page.request.get(`${server.url}/api/v1/playbooks/stale/draft`).then((answer) => answer.json() as Promise<object>), polling)
      .toMatchObject({ base: 2, live: 2, playbook: { steps: { begin: { name: "Ada's step" }, then: { name: "Marek's too" } } } });
    await other.call("rollBack", { params: { id: "stale" }, body: { version: 1, over: 2, note: "Too early" } });
    await again.page.getByRole("status").filter({ hasText: "Marek Kowal rolled back to version 1, as version 3: Too early" }).waitFor();
    expect(again.errors).toEqual([]);
    await again.context.close();
  });

  it("shows on a narrow screen how many are there, and forgets whom the browser of was killed", { timeout: 120_000 }, async () => {
    await make("narrow");
    const phone = await sit("ada.admin@qrst.com", "narrow", 390);
    const own = await launchBrowser();
    const { page } = await openSeat(own);
    await signIn(page, server.url, "marek.kowal@qrst.com", "drawbridge");
    await page.goto(`${server.url}/playbooks/narrow`);
    const here = phone.page.getByRole("img", { name: "Also here: Marek Kowal" });
    await here.waitFor();
    expect(await here.textContent()).toBe("1");
    const crashed = page.waitForEvent("crash");
    await page.goto("chrome://crash").catch(() => undefined);
    await crashed;
    await here.waitFor({ state: "detached", timeout: 8_000 });
    await own.close();
    await phone.context.close();
  });
});
