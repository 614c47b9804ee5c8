import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { ApiClient } from "@drawbridge/cli/api-client";
import type { RunSummary } from "@drawbridge/protocol";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { emptyHome, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { launchBrowser, noBrowser, openSeat, signIn } from "./browser.ts";

if (noBrowser) console.log(`Skipped: the view of a run in a browser (${noBrowser}).`);

const hosts = 2_500;
const playbook = {
  schemaVersion: 1,
  id: "sweep",
  name: "Sweep",
  inputs: [{ key: "hosts", type: "array", required: true }],
  start: ["look"],
  steps: {
    look: {
      kind: "action",
      name: "Look at each host",
      action: "http.get",
      connection: "inventory",
      with: { url: "/hosts/{{ item }}" },
      forEach: { items: "{{ input.hosts }}", concurrency: 20 },
      next: ["done"],
    },
    done: { kind: "end", name: "Done", outcome: "done" },
  },
};

describe.skipIf(noBrowser !== null)("a run over thousands of items", () => {
  let home: string;
  let inventory: Server;
  let server: ServerProcess;
  let browser: Browser;
  let run: string;

  beforeAll(async () => {
    home = await emptyHome();
    inventory = createServer((request, answer) => answer.writeHead(request.url?.endsWith("/host-0077") ? 404 : 200, { "content-type": "application/json" }).end("{}"));
    inventory.listen(0, "127.0.0.1");
    await once(inventory, "listening");
    const baseUrl = `http://127.0.0.1:${(inventory.address() as AddressInfo).port}`;
    await writeFile(join(home, "connections.json"), JSON.stringify({ inventory: { integration: "http", settings: { baseUrl }, allowPrivateNetwork: true } }), { mode: 0o600 });
    server = await startServerProcess({
      home,
      environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_CONNECTIONS_FILE: join(home, "connections.json"), DRAWBRIDGE_LOG_LEVEL: "warn" },
    });
    browser = await launchBrowser();
    const engineer = await new ApiClient(server.url).signIn("marek.kowal@qrst.com", "drawbridge");
    const created = await engineer.send("createPlaybook", { body: playbook });
    await engineer.call("publish", { params: { id: playbook.id }, body: { note: "" }, headers: { "if-match": created.headers.get("etag") ?? "" } });
    const input = { hosts: Array.from({ length: hosts }, (_each, index) => `host-${String(index).padStart(4, "0")}`) };
    run = (await engineer.call<{ id: string }>("startRun", { body: { playbook: playbook.id, input } })).id;
    await vi.waitUntil(async () => (await engineer.call<{ run: RunSummary }>("getRun", { params: { id: run } })).run.status === "failed", { timeout: 60_000, interval: 100 });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    inventory?.closeAllConnections();
    inventory?.close();
    await removeHome(home);
  });

  it("finds the one that failed, says what that means and what to do, and goes back to the moment by a link", { timeout: 120_000 }, async () => {
    const { page, errors } = await openSeat(browser);
    await signIn(page, server.url, "tom.okafor@qrst.com", "drawbridge");
    await page.goto(`${server.url}/runs/${run}?step=look`);
    const items = page.getByRole("region", { name: "Items", exact: true });
    await items.getByRole("button", { name: `All ${hosts}` }).waitFor();
    await page.getByRole("region", { name: "Why it failed" }).getByText("Some items failed").waitFor();

    await items.getByRole("button", { name: /^Failed/ }).click();
    await items.getByRole("button", { name: /host-0077/ }).click();
    const item = page.getByRole("region", { name: "Item 78", exact: true });
    await item.getByText("It is not there").waitFor();
    await item.getByText("it may have been removed", { exact: false }).waitFor();

    await items.getByRole("searchbox", { name: "Find in items" }).fill("host-21");
    await items.getByRole("button", { name: /^All/ }).click();
    expect(await items.getByRole("list", { name: "Items of this step" }).getByRole("button").first().textContent()).toContain("host-2100");

    const events = page.getByRole("region", { name: "Events" });
    await events.getByLabel("Which events").selectOption("failures");
    await events.getByRole("searchbox", { name: "Find in events" }).fill("item 78");
    const failure = events.getByRole("button", { name: /item 78/i }).last();
    const seq = Number(await failure.getAttribute("data-seq"));
    await failure.click();
    await page.getByText(`Event ${seq} of`, { exact: false }).waitFor();
    await page.waitForURL((url) => url.searchParams.get("seq") === String(seq));

    await page.locator("body").press(",");
    await page.getByText(`Event ${seq - 1} of`, { exact: false }).waitFor();
    await page.waitForURL((url) => url.searchParams.get("seq") === String(seq - 1));
    await page.reload();
    await page.getByText(`Event ${seq - 1} of`, { exact: false }).waitFor();
    await page.getByRole("button", { name: "Back to live" }).click();
    await page.waitForURL((url) => !url.searchParams.has("seq"));
    expect(errors).toEqual([]);
  });
});
