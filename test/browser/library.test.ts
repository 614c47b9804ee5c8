import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ApiClient } from "@drawbridge/cli/api-client";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyHome, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { launchBrowser, noBrowser, openSeat, signIn } from "./browser.ts";

if (noBrowser) console.log(`Skipped: the library in a browser (${noBrowser}).`);

const many = 10_000;
const perImport = 500;

const playbookAt = (index: number) => ({
  schemaVersion: 1,
  id: `pb-${index}`,
  name: `Triage ${String(index).padStart(5, "0")}`,
  tags: [`team-${index % 9}`],
  start: ["note"],
  steps: {
    note: {
      kind: "action",
      name: "Write it down",
      action: index % 2_000 === 0 ? "cases.add-evidence" : "cases.add-note",
      with: { text: "Seen." },
      next: index < 3 ? ["sub"] : ["end"],
    },
    ...(index < 3 ? { sub: { kind: "call", name: "Hand on", playbook: `pb-${index + 1}`, next: ["end"] } } : {}),
    end: { kind: "end", name: "End", outcome: "done" },
  },
});

describe.skipIf(noBrowser !== null)("the library with ten thousand playbooks", () => {
  let home: string;
  let files: string;
  let server: ServerProcess;
  let browser: Browser;
  let api: ApiClient;

  beforeAll(async () => {
    home = await emptyHome();
    files = await mkdtemp(join(tmpdir(), "drawbridge-files-"));
    server = await startServerProcess({ home, environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_LOG_LEVEL: "warn" } });
    browser = await launchBrowser();
    api = await new ApiClient(server.url).signIn("marek.kowal@qrst.com", "drawbridge");
    for (let first = 0; first < many; first += perImport)
      await api.call("importPlaybooks", { body: { playbooks: Array.from({ length: perImport }, (_each, index) => playbookAt(first + index)) } });
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await removeHome(home);
    await rm(files, { recursive: true, force: true });
  });

  const open = async (path = "/playbooks", options: Parameters<typeof openSeat>[1] = {}): Promise<{ page: Page; errors: string[] }> => {
    const { page, errors } = await openSeat(browser, options);
    await signIn(page, server.url, "marek.kowal@qrst.com", "drawbridge");
    await page.goto(`${server.url}${path}`);
    await page.getByRole("list", { name: "Playbooks" }).waitFor();
    return { page, errors };
  };
  const shot = async (page: Page, name: string) => {
    const folder = process.env["DRAWBRIDGE_SHOTS"];
    if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
  };

  it("shows few of them at a time, finds one by its name, and those that use an action", { timeout: 120_000 }, async () => {
    const { page, errors } = await open("/playbooks?sort=name");
    await page.getByText("10,003").first().waitFor();
    expect(await page.getByRole("article").count()).toBeLessThan(60);
    await page.getByRole("searchbox").fill("triage 07777");
    await page.getByRole("article", { name: "Triage 07777" }).waitFor();
    await expect.poll(() => page.getByRole("article").count()).toBe(1);
    await page.getByRole("searchbox").fill("");
    await page.getByRole("button", { name: "More filters" }).press("Enter");
    await page.getByRole("combobox", { name: "Action used" }).fill("add evidence");
    await page.getByRole("option", { name: /Add evidence/ }).click();
    await page.waitForURL(/action=cases\.add-evidence/);
    await page.getByRole("article", { name: "Triage 08000" }).waitFor();
    await shot(page, "library-action-light");
    await page.getByRole("searchbox").fill("triage 04");
    await expect
      .poll(() =>
        page
          .getByRole("article")
          .allInnerTexts()
          .then((texts) => texts.length),
      )
      .toBe(1);
    expect(errors).toEqual([]);
  });

  it("scrolls on to what comes later by keyboard", { timeout: 120_000 }, async () => {
    const { page, errors } = await open("/playbooks?sort=name&tag=team-1");
    await page.getByRole("article", { name: "Triage 00001" }).getByRole("link").focus();
    const seen = page.getByRole("article", { name: "Triage 01000" });
    const first = () => page.getByRole("article").nth(1).getAttribute("aria-label");
    for (let before = await first(); (await seen.count()) === 0;) {
      await page.keyboard.press("PageDown");
      await expect.poll(first).not.toBe(before);
      before = await first();
    }
    await seen.waitFor();
    expect(errors).toEqual([]);
  });

  it.each([
    [1440, "light"],
    [1440, "dark"],
    [390, "light"],
    [390, "dark"],
  ] as const)("shows where one is used, at %i px in %s", { timeout: 120_000 }, async (width, scheme) => {
    const { page, errors } = await open("/playbooks?sort=name&search=triage+00001", { width, height: width === 390 ? 844 : 900, scheme });
    await page.getByRole("button", { name: "More for Triage 00001" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Where it is used" }).focus();
    await page.keyboard.press("Enter");
    const drawer = page.getByRole("dialog", { name: /Triage 00001/ });
    await drawer.getByRole("region", { name: "Called by" }).getByRole("link", { name: "Triage 00000" }).waitFor();
    const graph = drawer.getByRole("group", { name: "Playbooks that call each other" });
    expect(await graph.getByRole("listitem").allInnerTexts()).toEqual(["Triage 00000", "Triage 00001", "Triage 00002", "Triage 00003"]);
    await shot(page, `uses-${width}-${scheme}`);
    await graph.getByRole("link", { name: "Triage 00003" }).press("Enter");
    await page.waitForURL(/playbooks\/pb-3/);
    expect(errors).toEqual([]);
  });

  it("gives a playbook with all it calls as one file, and brings it back as copies with what was not here resolved", { timeout: 120_000 }, async () => {
    const { page, errors } = await open("/playbooks?sort=name&search=triage+00000");
    await page.getByRole("button", { name: "More for Triage 00000" }).click();
    const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: "Export with what it calls" }).click()]);
    expect(saved.suggestedFilename()).toBe("pb-0.bundle.json");
    const bundle = JSON.parse(await readFile(await saved.path(), "utf8")) as { playbooks: { id: string; steps: Record<string, object> }[] };
    expect(bundle.playbooks.map(({ id }) => id)).toEqual(["pb-0", "pb-1", "pb-2", "pb-3"]);
    const first = bundle.playbooks[0];
    if (first) first.steps["note"] = { ...first.steps["note"], action: "code42.get-alert", connection: "theirs" };
    const file = join(files, "bundle.json");
    await writeFile(file, JSON.stringify(bundle));
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByLabel("Playbook file").setInputFiles(file);
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Import", exact: true }).click();
    await dialog.getByText("4 ids are taken").waitFor();
    await dialog.getByText("1 reference is not here").waitFor();
    await dialog.getByLabel("What to do with pb-3").selectOption("there");
    await dialog.getByLabel("Another id for pb-0").fill("bundle-0");
    await dialog.getByRole("combobox", { name: "Instead of theirs" }).click();
    await page.locator('[role="option"]:visible').first().click();
    await dialog.getByText("3 playbooks, all references resolved").waitFor();
    await shot(page, "import-light");
    await dialog.getByRole("button", { name: "Import", exact: true }).click();
    await page.waitForURL(/playbooks\/bundle-0/);
    const { playbook } = await api.call<{ playbook: { steps: Record<string, { playbook?: string; connection?: string }> } }>("getDraft", { params: { id: "bundle-0" } });
    expect(playbook.steps["sub"]?.playbook).toBe("pb-1-copy");
    expect(playbook.steps["note"]?.connection).not.toBe("theirs");
    const last = await api.call<{ playbook: { steps: Record<string, { playbook?: string }> } }>("getDraft", { params: { id: "pb-2-copy" } });
    expect(last.playbook.steps["sub"]?.playbook).toBe("pb-3");
    expect(errors).toEqual([]);
  });

  it("opens a menu that was not loaded yet by keyboard, goes through it and back", { timeout: 120_000 }, async () => {
    const { page, errors } = await open("/playbooks?sort=name&search=triage+00005");
    for (const name of ["More for Triage 00005", /account and theme/, "Simulate alert"]) {
      const button = page.getByRole("button", { name });
      await button.focus();
      await page.keyboard.press("Enter");
      const items = page.locator('[role="menuitem"], [role="menuitemradio"]');
      await items.first().waitFor();
      await page.keyboard.press("ArrowDown");
      await expect.poll(() => items.first().evaluate((item) => item === item.ownerDocument.activeElement)).toBe(true);
      await page.keyboard.press("Escape");
      await items.first().waitFor({ state: "hidden" });
      await expect.poll(() => button.evaluate((each) => each === each.ownerDocument.activeElement)).toBe(true);
      await page.keyboard.press("Enter");
      await items.first().waitFor();
      await page.keyboard.press("Escape");
      await items.first().waitFor({ state: "hidden" });
    }
    expect(errors).toEqual([]);
  });

  it("loads less than 250 kB of JavaScript before anything is pressed", { timeout: 120_000 }, async () => {
    const { page } = await open();
    const loaded = new Set<string>();
    page.on("request", (request) => {
      if (request.resourceType() === "script") loaded.add(request.url());
    });
    await page.goto(`${server.url}/playbooks`);
    await page.waitForLoadState("networkidle");
    const sizes = await Promise.all([...loaded].map(async (script) => gzipSync(await (await page.request.get(script)).body()).length));
    expect(sizes.length).toBeGreaterThan(5);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(250_000);
  });

  it("starts a new playbook from a template, without its triggers", { timeout: 120_000 }, async () => {
    const { page, errors } = await open();
    await page.getByRole("button", { name: "New playbook" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox", { name: "Start from" }).fill("code42");
    await page
      .getByRole("option", { name: /Code42/ })
      .first()
      .click();
    await dialog.getByLabel("Name").fill("Our own exfiltration");
    await shot(page, "new-light");
    await dialog.getByRole("button", { name: "Create and open" }).click();
    await page.waitForURL(/playbooks\/our-own-exfiltration/);
    const { playbook } = await api.call<{ playbook: { name: string; steps: object; triggers?: object } }>("getDraft", { params: { id: "our-own-exfiltration" } });
    expect(Object.keys(playbook.steps).length).toBeGreaterThan(5);
    expect(playbook.triggers).toBeUndefined();
    expect(errors).toEqual([]);
  });
});
