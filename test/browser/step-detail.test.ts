import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ApiClient } from "@drawbridge/cli/api-client";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyHome, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { launchBrowser, noBrowser, openSeat, signIn } from "./browser.ts";
import { inTheme, seriousFindings } from "./findings.ts";

if (noBrowser) console.log(`Skipped: what a step did, in a browser (${noBrowser}).`);

const rows = Array.from({ length: 3_000 }, (_, index) => ({ host: `wks-${index}`, owner: `user${index}@qrst.com` }));
const document = {
  schemaVersion: 1,
  id: "hosts",
  name: "Hosts",
  start: ["get"],
  steps: {
    get: { kind: "action", name: "Get the hosts", action: "http.get", connection: "vendor", with: { url: "/hosts" }, next: ["few"] },
    few: { kind: "action", name: "Get a few", action: "http.get", connection: "vendor", with: { url: "/few" }, next: ["end"] },
    end: { kind: "end", name: "End", outcome: "done" },
  },
};

describe.skipIf(noBrowser !== null)("what a step did", () => {
  let home: string;
  let vendor: Server;
  let server: ServerProcess;
  let browser: Browser;
  let run: string;

  beforeAll(async () => {
    vendor = createServer((request, response) =>
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify(request.url === "/hosts" ? rows : { items: [{ host: "wks-1", open: true }, { host: "wks-2" }], at: { "a b": 1 } })),
    );
    await new Promise<void>((resolve) => vendor.listen(0, "127.0.0.1", resolve));
    home = await emptyHome();
    server = await startServerProcess({ home, environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_LOG_LEVEL: "warn" } });
    browser = await launchBrowser();
    const admin = await new ApiClient(server.url).signIn("ada.admin@qrst.com", "drawbridge");
    const settings = { baseUrl: `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`, authentication: "bearer", secret: "a-very-secret-bearer" };
    await admin.call("createConnection", { body: { id: "vendor", integration: "http", name: "Vendor", settings, allowPrivateNetwork: true } });
    const { etag } = await admin.call<{ etag: string }>("createPlaybook", { body: document });
    await admin.call("publish", { params: { id: "hosts" }, body: { note: "First" }, headers: { "if-match": etag } });
    run = (await admin.call<{ id: string }>("startRun", { body: { playbook: "hosts" } })).id;
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await removeHome(home);
    await new Promise((resolve) => vendor.close(resolve));
  });

  const open = async (step: string, tab: string, options: { width?: number } = {}) => {
    const seat = await openSeat(browser, options);
    await seat.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await signIn(seat.page, server.url, "ada.admin@qrst.com", "drawbridge");
    await seat.page.goto(`${server.url}/runs/${run}?step=${step}`);
    await seat.page.getByRole("tab", { name: tab }).click();
    return seat;
  };
  const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

  it("is shown in pages when it is large, found by words, and copied as a path", { timeout: 120_000 }, async () => {
    const { page, context, errors } = await open("get", "Output");
    const asked: string[] = [];
    page.on("response", (response) => response.url().includes("/payloads/") && asked.push(response.url()));
    const tree = page.getByRole("tree", { name: "Output" });
    await tree.getByRole("button", { name: /^body/ }).click();
    await tree.getByRole("button", { name: "Show more of 3,000 entries" }).waitFor();
    await tree.getByRole("button", { name: "Show more of 3,000 entries" }).click();
    await tree.getByRole("button", { name: /^150/ }).waitFor();
    await page.getByRole("textbox", { name: "Search output" }).fill("USER2999");
    await page.getByText("1 found").waitFor();
    const found = page.getByRole("list", { name: "Found" }).getByRole("listitem");
    await found.hover();
    await found.getByRole("button", { name: /^Copy path/ }).click();
    expect(await copied(page)).toBe("steps.get.output.body.2999.owner");
    expect(asked.every((url) => url.includes("/part") || url.includes("/search"))).toBe(true);
    expect(errors).toEqual([]);
    await context.close();
  });

  it("is shown as a table, and with what went over the wire", { timeout: 120_000 }, async () => {
    const { page, context, errors } = await open("few", "Output");
    await page.getByRole("radiogroup", { name: "Show output as" }).getByText("Table").click();
    const table = page.getByRole("region", { name: "Output, table" });
    await table.getByRole("cell", { name: "wks-2" }).waitFor();
    await table.getByRole("row").nth(2).hover();
    await table.getByRole("button", { name: "Copy path steps.few.output.body.items.1" }).click();
    expect(await copied(page)).toBe("steps.few.output.body.items.1");
    await page.getByRole("tab", { name: /^Attempts/ }).click();
    await page.locator("summary").first().click();
    await page.getByText("Requests", { exact: true }).waitFor();
    const attempts = page.getByRole("tabpanel", { name: /^Attempts/ });
    await attempts.getByText("••••••").first().waitFor();
    const text = await attempts.innerText();
    expect(text).toContain("/few");
    expect(text).toContain("200");
    expect(text).not.toContain("a-very-secret-bearer");
    for (const scheme of ["light", "dark"] as const) {
      await inTheme(page, scheme);
      expect(await seriousFindings(page), scheme).toEqual([]);
      if (process.env["SHOTS"]) await page.screenshot({ path: `${process.env["SHOTS"]}/step-wire-${scheme}.png` });
    }
    await page.getByRole("tab", { name: "Output" }).click();
    if (process.env["SHOTS"]) await page.screenshot({ path: `${process.env["SHOTS"]}/step-output.png` });
    expect(errors).toEqual([]);
    await context.close();
  });
});
