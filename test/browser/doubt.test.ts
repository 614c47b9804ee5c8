import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { ApiClient } from "@drawbridge/cli/api-client";
import type { RunSummary } from "@drawbridge/protocol";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyHome, freePort, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { launchBrowser, noBrowser, openSeat, signIn } from "./browser.ts";

if (noBrowser) console.log(`Skipped: deciding a doubt in a browser (${noBrowser}).`);

const playbook = {
  schemaVersion: 1,
  id: "order",
  name: "Order",
  start: ["allowed"],
  steps: {
    allowed: { kind: "condition", name: "Allowed?", branches: [{ label: "yes", when: true, next: ["order"] }], otherwise: { next: [] } },
    order: { kind: "action", name: "Place the order", action: "http.send", connection: "shop", with: { method: "POST", url: "/orders", body: { item: 1 } }, next: ["placed"] },
    placed: { kind: "end", name: "Placed", outcome: "placed" },
  },
};

describe.skipIf(noBrowser !== null)("a step in doubt", () => {
  let home: string;
  let port: number;
  let shop: Server;
  let server: ServerProcess;
  let browser: Browser;
  let orders = 0;
  let ordered: () => void = () => undefined;

  const start = () =>
    startServerProcess({ home, port, environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_CONNECTIONS_FILE: join(home, "connections.json"), DRAWBRIDGE_LOG_LEVEL: "warn" } });

  beforeAll(async () => {
    home = await emptyHome();
    port = await freePort();
    // A shop that takes the order and never answers.
    shop = createServer(() => {
      orders += 1;
      ordered();
    });
    shop.listen(0, "127.0.0.1");
    await once(shop, "listening");
    const baseUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
    await writeFile(join(home, "connections.json"), JSON.stringify({ shop: { integration: "http", settings: { baseUrl }, allowPrivateNetwork: true } }), { mode: 0o600 });
    server = await start();
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    shop?.closeAllConnections();
    shop?.close();
    await removeHome(home);
  });

  it("is shown after a crash with what may have happened, is not sent again by itself, and goes on as a person decides", { timeout: 120_000 }, async () => {
    const engineer = await new ApiClient(server.url).signIn("marek.kowal@qrst.com", "drawbridge");
    const created = await engineer.send("createPlaybook", { body: playbook });
    await engineer.call("publish", { params: { id: "order" }, body: { note: "" }, headers: { "if-match": created.headers.get("etag") ?? "" } });
    const sent = new Promise<void>((resolve) => (ordered = resolve));
    const { id } = await engineer.call<{ id: string }>("startRun", { body: { playbook: "order" } });
    await sent;
    await server.kill();
    server = await start();

    const { page, errors } = await openSeat(browser);
    await signIn(page, server.url, "priya.nair@qrst.com", "drawbridge");
    await page.goto(`${server.url}/runs/${id}`);
    const step = page.locator('[data-step-id="order"][data-status="in-doubt"]').first();
    await step.waitFor();
    expect(orders).toBe(1);
    await step.click();
    await page
      .getByRole("button", { name: /mark as done/i })
      .first()
      .click();
    await page.getByLabel("Output of the step").first().fill('{ "status": 201 }');
    await page.getByRole("button", { name: "Go on with this output" }).click();
    await page.locator('[data-step-id="order"][data-status="succeeded"]').first().waitFor();
    const again = await new ApiClient(server.url).signIn("priya.nair@qrst.com", "drawbridge");
    await expect.poll(async () => (await again.call<{ run: RunSummary }>("getRun", { params: { id } })).run.outcome, { timeout: 20_000 }).toBe("placed");
    expect(orders).toBe(1);
    expect(errors).toEqual([]);
  });
});
