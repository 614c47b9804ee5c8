import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ApiClient } from "@drawbridge/cli/api-client";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { emptyHome, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { launchBrowser, noBrowser, openSeat, signIn } from "./browser.ts";
import { HeldVendor } from "./held-vendor.ts";
import { publish, storedTrace, summaryOf } from "./stored-trace.ts";

if (noBrowser) console.log(`Skipped: acting on a run in a browser (${noBrowser}).`);

const send = (name: string, path: string, next: readonly string[]) => ({
  kind: "action",
  name,
  action: "http.send",
  connection: "vendor",
  with: { method: "POST", url: path, body: {} },
  next,
});
const playbook = {
  schemaVersion: 1,
  id: "orders",
  name: "Orders",
  start: ["allowed"],
  steps: {
    allowed: { kind: "condition", name: "Allowed?", branches: [{ label: "yes", when: true, next: ["order"] }], otherwise: { next: [] } },
    order: send("Place the order", "/order", ["bill"]),
    bill: send("Send the bill", "/bill", ["done"]),
    done: { kind: "end", name: "Done", outcome: "done" },
  },
};

describe.skipIf(noBrowser !== null)("an analyst who acts on a run", () => {
  let home: string;
  let server: ServerProcess;
  let browser: Browser;
  let api: ApiClient;
  const vendor = new HeldVendor();

  beforeAll(async () => {
    home = await emptyHome();
    const baseUrl = await vendor.start();
    await writeFile(join(home, "connections.json"), JSON.stringify({ vendor: { integration: "http", settings: { baseUrl }, allowPrivateNetwork: true } }), { mode: 0o600 });
    server = await startServerProcess({
      home,
      environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_CONNECTIONS_FILE: join(home, "connections.json"), DRAWBRIDGE_LOG_LEVEL: "warn" },
    });
    browser = await launchBrowser();
    api = await new ApiClient(server.url).signIn("marek.kowal@qrst.com", "drawbridge");
    await publish(api, playbook);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    vendor.stop();
    await removeHome(home);
  });

  const begin = async () => (await api.call<{ id: string }>("startRun", { body: { playbook: playbook.id } })).id;
  const open = async (run: string) => {
    const seat = await openSeat(browser);
    await signIn(seat.page, server.url, "priya.nair@qrst.com", "drawbridge");
    await seat.page.goto(`${server.url}/runs/${run}`);
    return seat;
  };
  const asked = (path: string) => vendor.paths.filter((each) => each === path).length;

  it("holds it, lets it go on, and cancels another", { timeout: 60_000 }, async () => {
    const run = await begin();
    await vi.waitUntil(() => asked("/order") === 1, { timeout: 20_000, interval: 50 });
    const { page, context, errors } = await open(run);
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await page.getByRole("button", { name: "Resume", exact: true }).waitFor();
    vendor.answer(1);
    await page.locator('[data-step-id="order"][data-status="succeeded"]').first().waitFor();
    expect(asked("/bill")).toBe(0);
    await page.getByRole("button", { name: "Resume", exact: true }).click();
    vendor.answer(1);
    await page.locator('[data-step-id="bill"][data-status="succeeded"]').first().waitFor();
    await vi.waitUntil(async () => (await summaryOf(api, run)).outcome === "done", { timeout: 20_000, interval: 50 });

    const other = await begin();
    await page.goto(`${server.url}/runs/${other}`);
    await page.locator('[data-step-id="order"][data-status="running"]').first().waitFor();
    await page.getByRole("button", { name: "Cancel run", exact: true }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^Cancel/ })
      .click();
    await page.locator('[data-step-id="order"][data-status="cancelled"]').first().waitFor();
    expect((await summaryOf(api, other)).status).toBe("cancelled");
    expect(errors).toEqual([]);
    await context.close();
    vendor.answer(1);
  });

  it("runs it again and decides of each change whether it is repeated, answered as recorded, or skipped", { timeout: 60_000 }, async () => {
    const run = await begin();
    vendor.answer(2);
    await vi.waitUntil(async () => (await summaryOf(api, run)).outcome === "done", { timeout: 20_000, interval: 50 });
    const before = [asked("/order"), asked("/bill")];
    const { page, context, errors } = await open(run);
    await page.locator('[data-step-id="order"]').first().click();
    await page.getByRole("button", { name: "Re-run from here" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("2 changes in other systems would happen again").waitFor();
    const go = dialog.getByRole("button", { name: "Re-run from here" });
    expect(await go.isDisabled()).toBe(true);
    await dialog.getByLabel("What becomes of Place the order").selectOption("simulate");
    await dialog.getByLabel("What becomes of Send the bill").selectOption("skip");
    await go.click();
    await page.locator('[data-step-id="order"]').filter({ hasText: "Simulated" }).first().waitFor();
    await page.locator('[data-step-id="bill"][data-status="skipped"]').first().waitFor();
    expect([asked("/order"), asked("/bill")]).toEqual(before);
    const trace = await storedTrace(api, run);
    expect(trace.find(({ type }) => type === "rerun-requested")).toMatchObject({ instead: { order: "simulate", bill: "skip" }, by: "priya.nair@qrst.com" });

    await page.getByRole("button", { name: "Re-run from here" }).click();
    await dialog.getByLabel("What becomes of Place the order").selectOption("repeat");
    await dialog.getByLabel("What becomes of Send the bill").selectOption("skip");
    vendor.answer(1);
    await go.click();
    await vi.waitUntil(() => asked("/order") === (before[0] ?? 0) + 1, { timeout: 20_000, interval: 50 });
    await vi.waitUntil(async () => (await summaryOf(api, run)).endedAt !== null, { timeout: 20_000, interval: 50 });
    expect(asked("/bill")).toBe(before[1]);
    expect(errors).toEqual([]);
    await context.close();
  });
});
