import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { ApiClient } from "@drawbridge/cli/api-client";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyHome, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { launchBrowser, noBrowser, openSeat, signIn } from "./browser.ts";
import { inTheme, seriousFindings } from "./findings.ts";

if (noBrowser) console.log(`Skipped: runs saved as scenarios, in a browser (${noBrowser}).`);

const root = join(import.meta.dirname, "../..");
const leaver = {
  schemaVersion: 1,
  id: "leaver",
  name: "Leaver",
  inputs: [{ key: "mail", type: "string" }],
  start: ["open-case"],
  steps: {
    "open-case": { kind: "action", name: "Open a case", action: "cases.open", with: { title: "{{ input.mail }} leaves", type: "Departure" }, next: ["end"] },
    end: { kind: "end", name: "End", outcome: "done" },
  },
};

describe.skipIf(noBrowser !== null)("a run saved as a scenario", () => {
  let home: string;
  let server: ServerProcess;
  let browser: Browser;
  let run: string;

  beforeAll(async () => {
    home = await emptyHome();
    server = await startServerProcess({ home, environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_LOG_LEVEL: "warn" } });
    browser = await launchBrowser();
    const api = await new ApiClient(server.url).signIn("marek.kowal@qrst.com", "drawbridge");
    const { etag } = await api.call<{ etag: string }>("createPlaybook", { body: leaver });
    await api.call("publish", { params: { id: "leaver" }, body: { note: "First" }, headers: { "if-match": etag } });
    run = (await api.call<{ id: string }>("startRun", { body: { playbook: "leaver", input: { mail: "john.ohara@other.com" } } })).id;
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await removeHome(home);
  });

  it("shows what is masked and that it goes the same way, runs from its file, and is offered by the dry run", { timeout: 180_000 }, async () => {
    const { page, context, errors } = await openSeat(browser);
    await signIn(page, server.url, "marek.kowal@qrst.com", "drawbridge");
    await page.goto(`${server.url}/runs/${run}`);
    await page.getByRole("button", { name: "Save as scenario" }).click();
    const dialog = page.getByRole("dialog", { name: "Save as scenario" });
    await dialog.getByText("Tried: it goes the same way as the run.").waitFor();
    await dialog.getByRole("cell", { name: /^john\.ohara@other\.com/ }).waitFor();
    await dialog.getByRole("checkbox", { name: "Mask john.ohara@other.com" }).uncheck();
    await dialog.getByText("Tried: it goes the same way as the run.").waitFor();
    await dialog.getByRole("checkbox", { name: "Mask john.ohara@other.com" }).check();
    await dialog.getByLabel("Name").fill("Somebody leaves");
    for (const scheme of ["light", "dark"] as const) {
      await inTheme(page, scheme);
      expect(await seriousFindings(page), scheme).toEqual([]);
      if (process.env["SHOTS"]) await page.screenshot({ path: `${process.env["SHOTS"]}/scenario-${scheme}.png` });
    }
    const [file] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name: "Download" }).click()]);
    expect(file.suggestedFilename()).toBe("somebody-leaves.json");
    const folder = join(home, "files", "leaver");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "playbook.json"), JSON.stringify(leaver));
    const saved = join(home, "files", "somebody-leaves.json");
    await file.saveAs(saved);
    expect(await readFile(saved, "utf8")).not.toContain("ohara");
    const { stdout } = await promisify(execFile)("node", ["--import", "tsx", "apps/cli/src/main.ts", "test", folder, "--scenario", saved], { cwd: root });
    expect(stdout).toContain("1 passed, 0 failed");

    await dialog.getByRole("button", { name: "Keep with the playbook" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.goto(`${server.url}/playbooks/leaver`);
    await page.getByRole("button", { name: "Dry run" }).click();
    await page.getByRole("combobox", { name: "Or run a scenario" }).click();
    await page.getByRole("option", { name: "Somebody leaves" }).click();
    await page.getByText(/Scenario Somebody leaves/).waitFor();
    expect(errors).toEqual([]);
    await context.close();
  });
});
