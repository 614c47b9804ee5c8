import { ApiClient } from "@drawbridge/cli/api-client";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyHome, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { launchBrowser, noBrowser, openSeat, signIn } from "./browser.ts";

if (noBrowser) console.log(`Skipped: testing while building, in a browser (${noBrowser}).`);

const person = "marek.kowal@qrst.com";
const sampleAlert = "a0000000-2041-4000-8000-000000000002";

const document = (id: string) => ({
  schemaVersion: 1,
  id,
  name: `Tried ${id}`,
  inputs: [{ key: "alertId", type: "string", required: true }],
  triggers: [{ kind: "alert", connection: "code42", inputs: { alertId: "{{ alert.id }}" } }],
  start: ["get"],
  steps: {
    get: { kind: "action", name: "Get the alert", action: "code42.get-alert", connection: "code42", with: { alertId: "{{ input.alertId }}" }, next: ["choose"] },
    choose: {
      kind: "condition",
      name: "Ann?",
      branches: [{ label: "yes", when: { "==": [{ var: "steps.get.output.actor" }, "ann@qrst.com"] }, next: ["chosen"] }],
      otherwise: { next: ["other"] },
    },
    chosen: { kind: "end", name: "Chosen", outcome: "chosen" },
    other: { kind: "end", name: "Other", outcome: "other" },
  },
  layout: { get: { x: 200, y: 80 }, choose: { x: 200, y: 180 }, chosen: { x: 80, y: 340 }, other: { x: 360, y: 340 } },
});

describe.skipIf(noBrowser !== null)("testing while building", () => {
  let home: string;
  let server: ServerProcess;
  let browser: Browser;
  let api: ApiClient;

  beforeAll(async () => {
    home = await emptyHome();
    server = await startServerProcess({ home, environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_LOG_LEVEL: "warn" } });
    browser = await launchBrowser();
    api = await new ApiClient(server.url).signIn(person, "drawbridge");
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await removeHome(home);
  });

  const open = async (id: string, email = person) => {
    const seat = await openSeat(browser);
    await signIn(seat.page, server.url, email, "drawbridge");
    await seat.page.goto(`${server.url}/playbooks/${id}`);
    await card(seat.page, "get").waitFor();
    return { ...seat, inspector: seat.page.getByRole("complementary", { name: "Inspector" }) };
  };
  const card = (page: Page, step: string): Locator => page.locator(`.react-flow__node[data-id="${step}"]`);
  const openDryRun = async (page: Page) => {
    await page.getByRole("button", { name: "Dry run", exact: true }).click();
    await page.getByRole("button", { name: "Run", exact: true }).last().waitFor();
  };
  const run = (inspector: Locator) => inspector.getByRole("toolbar", { name: "Dry run" }).getByRole("button", { name: "Run", exact: true }).click();
  const write = async (page: Page, field: Locator, text: string) => {
    await field.locator(".cm-content").click();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(text);
  };

  it("stops where it is told, takes another output, an input and a skip there, by mouse and by keys", { timeout: 120_000 }, async () => {
    await api.call("createPlaybook", { body: document("stops") });
    const { page, errors, inspector } = await open("stops");
    await openDryRun(page);
    await inspector.getByRole("combobox", { name: "Begin with" }).click();
    await page.getByRole("option").first().click();
    expect(await inspector.getByRole("textbox", { name: "alertId" }).inputValue()).not.toBe("");
    await card(page, "get").click();
    await page.keyboard.press("F9");
    await inspector.getByRole("button", { name: "Break here", pressed: true }).waitFor();

    await page.keyboard.press("F8");
    await inspector.getByText('Stands before "Get the alert".').waitFor();
    expect(await card(page, "get").getAttribute("data-status")).toBe("running");
    const decide = inspector.getByRole("region", { name: "Decide for Get the alert" });
    await decide.getByText("An output instead").click();
    await write(page, decide, '{"actor": "ann@qrst.com"}');
    await decide.getByRole("button", { name: "Use it" }).click();
    await page.getByRole("status").filter({ hasText: "Get the alert will return what you gave" }).waitFor({ state: "attached" });
    await page.keyboard.press("F8");
    await inspector.getByText('Succeeded with "chosen".').waitFor();
    expect(await card(page, "other").getAttribute("data-status")).toBe("skipped");

    await inspector.getByRole("button", { name: "Start over" }).click();
    await run(inspector);
    await inspector.getByText('Stands before "Get the alert".').waitFor();
    await write(page, decide, '{"alertId": "no-such-alert"}');
    await decide.getByRole("button", { name: "Use it" }).click();
    await page.getByRole("status").filter({ hasText: "will be given your input" }).waitFor({ state: "attached" });
    await page.keyboard.press("F10");
    await inspector.getByText("Failed: Code42 has no alert no-such-alert.", { exact: true }).waitFor();

    await inspector.getByRole("button", { name: "Start over" }).click();
    await run(inspector);
    await inspector.getByText('Stands before "Get the alert".').waitFor();
    await decide.getByRole("button", { name: "Skip it" }).click();
    await inspector.getByText('Succeeded with "other".').waitFor();
    expect(errors).toEqual([]);
  });

  it("stops only when a condition holds, at a failure when asked, and tints what its runs took", { timeout: 120_000 }, async () => {
    await api.call("createPlaybook", { body: document("conditions") });
    const { page, errors, inspector } = await open("conditions");
    await openDryRun(page);
    await card(page, "get").click();
    await inspector.getByRole("button", { name: "Break here" }).click();
    await inspector.getByRole("switch", { name: "Only when" }).click();
    const condition = inspector.getByRole("group", { name: "Stop only when" });
    await condition.getByText("JsonLogic", { exact: true }).first().click();
    await write(page, condition, '{"==": [{"var": "input.alertId"}, "wanted"]}');
    await inspector.getByRole("textbox", { name: "alertId" }).fill(sampleAlert);
    await run(inspector);
    await inspector.getByText('Succeeded with "other".').waitFor();

    await inspector.getByRole("button", { name: "Start over" }).click();
    await inspector.getByRole("textbox", { name: "alertId" }).fill("wanted");
    await inspector.getByRole("switch", { name: "Stop at an error" }).click();
    await run(inspector);
    await inspector.getByText('Stands before "Get the alert".').waitFor();
    await inspector.getByRole("button", { name: "Continue" }).click();
    await inspector.getByText('Stands where "Get the alert" failed.').waitFor();

    const legend = inspector.getByRole("region", { name: "Coverage" });
    await legend.getByText(/^2 dry runs took 75 % of the steps and 50 % of the branches/).waitFor();
    await legend.getByRole("switch", { name: "Show coverage on the canvas" }).click();
    await card(page, "get").getByText("Taken 2 ×").waitFor();
    expect(await card(page, "chosen").getAttribute("data-status")).toBe("skipped");
    await legend.getByRole("switch", { name: "Show coverage on the canvas" }).click();
    await card(page, "get").getByText("Taken 2 ×").waitFor({ state: "detached" });
    expect(errors).toEqual([]);
  });

  it("tests one step with what the last run had, and pins what came out for this person's dry runs", { timeout: 120_000 }, async () => {
    const { etag } = await api.call<{ etag: string }>("createPlaybook", { body: document("pins") });
    await api.call("publish", { params: { id: "pins" }, body: { note: "first" }, headers: { "if-match": etag } });
    await api.call("startRun", { body: { playbook: "pins", input: { alertId: sampleAlert } } });
    const { page, errors, inspector, context } = await open("pins");
    await card(page, "get").click();
    await inspector.getByRole("tab", { name: "Test" }).click();
    await inspector.locator(".cm-content").filter({ hasText: sampleAlert }).waitFor();
    await inspector.getByRole("button", { name: "Test this step" }).click();
    const result = inspector.getByRole("region", { name: "Result of the test" });
    await result.getByRole("tree", { name: "Output" }).waitFor();
    await result.getByRole("button", { name: "Use as pinned output" }).click();
    await inspector.getByText("Pinned", { exact: true }).waitFor();

    await page.reload();
    await card(page, "get").click();
    await inspector.getByText("Pinned", { exact: true }).waitFor();
    expect(JSON.stringify(await api.call("getDraft", { params: { id: "pins" } }))).not.toMatch(/pin(ned)?"/);
    await openDryRun(page);
    await inspector.getByRole("combobox", { name: "Begin with" }).click();
    await page.getByRole("option", { name: /^Run of/ }).click();
    await run(inspector);
    await inspector.getByText('Succeeded with "other".').waitFor();
    await card(page, "get").getByText("Pinned", { exact: true }).waitFor();
    await inspector.getByRole("button", { name: "Unpin Get the alert" }).click();
    await inspector.getByRole("region", { name: "Pinned outputs" }).waitFor({ state: "detached" });
    expect(errors).toEqual([]);
    await context.close();
  });

  it("sends one step over its connection, and a change only after it was shown and confirmed", { timeout: 120_000 }, async () => {
    const { alertId } = await api.call<{ alertId: string }>("simulateAlert", { body: {} });
    const own = document("trials");
    const note = {
      kind: "action",
      name: "Note it",
      action: "code42.add-alert-note",
      connection: "code42",
      with: { alertId: "{{ input.alertId }}", note: "Looked at" },
      next: ["choose"],
    };
    await api.call("createPlaybook", { body: { ...own, steps: { ...own.steps, get: { ...own.steps.get, next: ["note"] }, note } } });
    const { page, errors, inspector, context } = await open("trials");
    const test = async (step: string) => {
      await card(page, step).click();
      await inspector.getByRole("tab", { name: "Test" }).click();
      await inspector.getByRole("radiogroup", { name: "Where to test" }).getByText("Code42", { exact: true }).click();
      await write(page, inspector.locator(".cm-editor").first(), JSON.stringify(alertId));
    };
    await test("get");
    await inspector.getByRole("button", { name: "Ask Code42" }).click();
    const result = inspector.getByRole("region", { name: "Result of the test" });
    await result.getByRole("tree", { name: "Output" }).waitFor();
    await result.getByText("Requests", { exact: true }).waitFor();

    const before = JSON.stringify(await api.call("getWorld"));
    await test("note");
    await inspector.getByRole("button", { name: /^Send to Code42/ }).click();
    const dialog = page.getByRole("dialog", { name: /for real\?$/ });
    await dialog.getByText("Looked at").waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(JSON.stringify(await api.call("getWorld"))).toBe(before);
    await inspector.getByRole("button", { name: /^Send to Code42/ }).press("Enter");
    await dialog.getByRole("button", { name: "Send for real" }).press("Enter");
    await result.getByText("Succeeded", { exact: true }).waitFor();
    expect(JSON.stringify(await api.call("getWorld"))).toContain("Looked at");
    expect(errors).toEqual([]);
    await context.close();
  });
});
