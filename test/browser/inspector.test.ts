import { ApiClient } from "@drawbridge/cli/api-client";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyHome, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { launchBrowser, noBrowser, openSeat, signIn } from "./browser.ts";

if (noBrowser) console.log(`Skipped: the inspector in a browser (${noBrowser}).`);

const person = { email: "marek.kowal@qrst.com", password: "drawbridge" };

const document = (id: string) => ({
  schemaVersion: 1,
  id,
  name: `Fields ${id}`,
  inputs: [{ key: "who", type: "string" }],
  start: ["keep"],
  steps: {
    keep: { kind: "set", name: "Keep", values: { person: { mail: "ann@qrst.com", score: 7 } }, next: ["choose"] },
    choose: { kind: "condition", name: "Choose", branches: [{ label: "high", when: { ">": [{ var: "vars.person.score" }, 5] }, next: ["send"] }], otherwise: { next: [] } },
    send: { kind: "action", name: "Send", action: "mail.send", with: { to: ["one@qrst.com", "two@qrst.com"], subject: "Hello", text: "x" }, next: [] },
  },
  layout: { keep: { x: 200, y: 80 }, choose: { x: 200, y: 180 }, send: { x: 200, y: 320 } },
});

describe.skipIf(noBrowser !== null)("setting up a step", () => {
  let home: string;
  let server: ServerProcess;
  let browser: Browser;
  let api: ApiClient;

  beforeAll(async () => {
    home = await emptyHome();
    server = await startServerProcess({ home, environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_LOG_LEVEL: "warn" } });
    browser = await launchBrowser();
    api = await new ApiClient(server.url).signIn(person.email, person.password);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await removeHome(home);
  });

  const open = async (id: string): Promise<{ page: Page; errors: string[] }> => {
    await api.call("createPlaybook", { body: document(id) });
    const { page, errors } = await openSeat(browser);
    await signIn(page, server.url, person.email, person.password);
    await page.goto(`${server.url}/playbooks/${id}`);
    await page.locator('[data-step-id="keep"]').first().waitFor();
    return { page, errors };
  };

  const select = async (page: Page, step: string) => {
    await page.locator(`[data-step-id="${step}"]`).first().click();
    await page.locator(".cm-editor").first().waitFor();
  };

  const stepOf = async (id: string, step: string) =>
    (await api.call<{ playbook: { steps: { [step: string]: { [field: string]: unknown } } } }>("getDraft", { params: { id } })).playbook.steps[step] ?? {};
  const withOf = async (id: string) => (await stepOf(id, "send"))["with"] as { [field: string]: unknown };

  it("offers what the last run had, shows what it comes to, and lets Tab go on", { timeout: 120_000 }, async () => {
    const { page, errors } = await open("values");
    const { etag } = await api.call<{ etag: string }>("getDraft", { params: { id: "values" } });
    await api.call("publish", { params: { id: "values" }, body: { note: "" }, headers: { "if-match": etag } });
    await api.call("startRun", { body: { playbook: "values", input: { who: "Zed" } } });
    await page.reload();
    await page.locator('[data-step-id="send"]').first().waitFor();
    await select(page, "send");
    const subject = page.getByRole("textbox", { name: "Subject", exact: true });
    await subject.click();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("Dear {{ mai");
    const offer = page.getByRole("option", { name: /vars\.person\.mail/ });
    await offer.waitFor();
    expect(await offer.textContent()).toContain("ann@qrst.com");
    await page.keyboard.press("Tab");
    await page.keyboard.type(" | upp");
    await page.getByRole("option", { name: /^upper/ }).waitFor();
    await page.getByText("| upper", { exact: true }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText('"Dear ANN@QRST.COM"').waitFor();
    await expect.poll(async () => (await withOf("values"))["subject"], { timeout: 20_000 }).toBe("Dear {{ vars.person.mail | upper }}");
    await page.keyboard.type(" | ");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("option").first().waitFor({ state: "detached" });
    await page.keyboard.press("Tab");
    expect(await subject.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(false);
    expect(errors).toEqual([]);
  });

  it("shows what is wrong where it stands, and says it", { timeout: 120_000 }, async () => {
    const { page, errors } = await open("wrong");
    await select(page, "send");
    await page.getByRole("textbox", { name: "Subject", exact: true }).fill("Hi {{ vars.person | lowr }} {{ vars.nobody }}");
    const inspector = page.getByRole("complementary", { name: "Inspector" });
    await inspector.getByRole("alert").filter({ hasText: 'There is no operator "lowr".' }).first().waitFor();
    await page.locator(".cm-lintRange-error", { hasText: "lowr" }).waitFor();
    await page.locator(".cm-lintRange-error", { hasText: "vars.nobody" }).waitFor();
    expect(errors).toEqual([]);
  });

  it("moves, adds and removes items of a list by keys and by mouse", { timeout: 120_000 }, async () => {
    const { page, errors } = await open("list");
    await select(page, "send");
    const to = page.getByRole("list", { name: "To", exact: true });
    await to.getByRole("button", { name: /^Move To 1/ }).focus();
    await page.keyboard.press("ArrowDown");
    await expect.poll(async () => (await withOf("list"))["to"], { timeout: 20_000 }).toEqual(["two@qrst.com", "one@qrst.com"]);
    await to.getByRole("button", { name: "Add to To" }).click();
    await to.getByRole("textbox", { name: "To 3" }).fill("three@qrst.com");
    await to.getByRole("button", { name: /^Move To 3/ }).dragTo(to.getByRole("button", { name: /^Move To 1/ }));
    await expect.poll(async () => (await withOf("list"))["to"], { timeout: 20_000 }).toEqual(["three@qrst.com", "two@qrst.com", "one@qrst.com"]);
    await to.getByRole("button", { name: "Remove To 2" }).click();
    await expect.poll(async () => (await withOf("list"))["to"], { timeout: 20_000 }).toEqual(["three@qrst.com", "one@qrst.com"]);
    expect(errors).toEqual([]);
  });

  it("turns a list into an expression and back without losing either", { timeout: 120_000 }, async () => {
    const { page, errors } = await open("switch");
    await select(page, "send");
    await page.getByRole("button", { name: "fx, To: use an expression" }).click();
    await page.getByRole("textbox", { name: "To", exact: true }).fill("{{ vars.person.mail }}");
    await expect.poll(async () => (await withOf("switch"))["to"], { timeout: 20_000 }).toBe("{{ vars.person.mail }}");
    await page.getByRole("button", { name: "fx, To: use a plain value" }).click();
    await expect.poll(async () => (await withOf("switch"))["to"], { timeout: 20_000 }).toEqual(["one@qrst.com", "two@qrst.com"]);
    await page.getByRole("button", { name: "fx, To: use an expression" }).click();
    await expect.poll(async () => (await withOf("switch"))["to"], { timeout: 20_000 }).toBe("{{ vars.person.mail }}");
    expect(errors).toEqual([]);
  });

  it("builds a condition of rows and groups, and of JsonLogic, without dropping what rows cannot say", { timeout: 120_000 }, async () => {
    const { page, errors } = await open("condition");
    await select(page, "choose");
    const when = async () => ((await stepOf("condition", "choose"))["branches"] as { when: unknown }[])[0]?.when;
    const over = { ">": [{ var: "vars.person.score" }, 5] };
    await page.getByRole("button", { name: "Add a group", exact: true }).focus();
    await page.keyboard.press("Enter");
    const group = page.getByRole("group", { name: "Group 2", exact: true });
    await group.getByRole("textbox", { name: "Row 2.1: what to compare" }).fill("vars.person.mail");
    await group.getByRole("textbox", { name: "Row 2.1: value" }).fill("ann@qrst.com");
    await group.getByRole("textbox", { name: "Row 2.2: what to compare" }).click();
    await page.keyboard.type("who");
    await page.getByRole("option", { name: /input\.who/ }).click();
    await group.getByRole("combobox", { name: "Row 2.2: comparison" }).click();
    await page.getByRole("option", { name: "exists", exact: true }).click();
    const built = { and: [over, { or: [{ "==": [{ var: "vars.person.mail" }, "ann@qrst.com"] }, { exists: [{ var: "input.who" }] }] }] };
    await expect.poll(when, { timeout: 20_000 }).toEqual(built);
    await page.getByText("JsonLogic", { exact: true }).click();
    const more = { if: [{ var: "input.who" }, true, false] };
    await page.getByRole("textbox", { name: "JsonLogic", exact: true }).fill(JSON.stringify({ or: [over, more] }));
    await expect.poll(when, { timeout: 20_000 }).toEqual({ or: [over, more] });
    await page.getByText("Rows", { exact: true }).click();
    await page.getByRole("textbox", { name: "Row 2: JsonLogic" }).waitFor();
    await page.getByRole("textbox", { name: "Row 1: value" }).fill("6");
    await expect.poll(when, { timeout: 20_000 }).toEqual({ or: [{ ">": [{ var: "vars.person.score" }, 6] }, more] });
    expect(errors).toEqual([]);
  });
});
