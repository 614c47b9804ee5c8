import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { ApiClient } from "@drawbridge/cli/api-client";
import type { TraceEvent } from "@drawbridge/interpreter";
import { type Playbook, playbook as schema } from "@drawbridge/playbook";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { bundled } from "../bench/page-bundle.ts";
import { emptyHome, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { launchBrowser, noBrowser, openSeat, signIn } from "./browser.ts";
import { randomOf, randomPlaybook } from "./random-playbooks.ts";
import { publish, storedTrace, summaryOf } from "./stored-trace.ts";

if (noBrowser) console.log(`Skipped: watching many runs in a browser (${noBrowser}).`);

const playbooks = 10;
const runsOfEach = 5;
const seed = Number(process.env["DRAWBRIDGE_TEST_SEED"] ?? Math.floor(Math.random() * 1e9));

describe.skipIf(noBrowser !== null)(`50 runs of random playbooks (seed ${seed})`, () => {
  let home: string;
  let vendor: Server;
  let server: ServerProcess;
  let browser: Browser;
  let script: string;
  const drawn: Playbook[] = [];
  const random = randomOf(seed);

  beforeAll(async () => {
    home = await emptyHome();
    vendor = createServer((request, answer) => {
      const fails = request.url?.startsWith("/flaky") === true && random(2) === 0;
      const status = fails ? 503 : request.url === "/missing" ? 404 : 200;
      setTimeout(() => answer.writeHead(status, { "content-type": "application/json" }).end("{}"), random(60));
    });
    vendor.listen(0, "127.0.0.1");
    await once(vendor, "listening");
    const baseUrl = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`;
    await writeFile(join(home, "connections.json"), JSON.stringify({ vendor: { integration: "http", settings: { baseUrl }, allowPrivateNetwork: true } }), { mode: 0o600 });
    server = await startServerProcess({
      home,
      environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_CONNECTIONS_FILE: join(home, "connections.json"), DRAWBRIDGE_LOG_LEVEL: "warn" },
    });
    browser = await launchBrowser();
    ({ script } = await bundled("../browser/follow-runs.ts"));
    const api = await new ApiClient(server.url).signIn("marek.kowal@qrst.com", "drawbridge");
    for (let index = 0; index < playbooks; index += 1) {
      const document = schema.parse(randomPlaybook(`random-${index}`, seed + index));
      await publish(api, document);
      drawn.push(document);
    }
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    vendor?.closeAllConnections();
    vendor?.close();
    await removeHome(home);
  });

  const seat = async () => {
    const opened = await openSeat(browser, { ownScripts: true });
    await signIn(opened.page, server.url, "tom.okafor@qrst.com", "drawbridge");
    await opened.page.goto(`${server.url}/me`);
    await opened.page.getByRole("heading").first().waitFor();
    await opened.page.addScriptTag({ content: script });
    return opened;
  };

  it("are followed by pages that are there from the start, lose the connection, or come late, each exactly as they are stored", { timeout: 180_000 }, async () => {
    const api = await new ApiClient(server.url).signIn("marek.kowal@qrst.com", "drawbridge");
    const seats = [await seat(), await seat(), await seat()] as const;
    const [steady, lossy, late] = seats;
    const runs: { readonly id: string; readonly playbook: Playbook }[] = [];
    for (let turn = 0; turn < runsOfEach; turn += 1) {
      for (const playbook of drawn) {
        const { id } = await api.call<{ id: string }>("startRun", { body: { playbook: playbook.id } });
        runs.push({ id, playbook });
        for (const { page } of [steady, lossy]) await page.evaluate(([run, document]) => window.follow(run, document), [id, JSON.stringify(playbook)] as const);
        if (random(4) === 0) {
          await lossy.context.setOffline(true);
          await lossy.context.setOffline(false);
        }
      }
    }
    for (const { id } of runs) await vi.waitUntil(async () => (await summaryOf(api, id)).endedAt !== null, { timeout: 60_000, interval: 50 });
    for (const { id, playbook } of runs) await late.page.evaluate(([run, document]) => window.follow(run, document), [id, JSON.stringify(playbook)] as const);
    for (const { id, playbook } of runs) {
      const trace = await storedTrace(api, id);
      for (const [name, { page }] of Object.entries({ steady, lossy, late })) {
        const followed = () => page.evaluate((run) => window.followed(run), id);
        let got: readonly TraceEvent[] = [];
        await vi.waitUntil(async () => (got = await followed()).length >= trace.length, { timeout: 30_000, interval: 50 });
        expect(got, `${name}, a run of ${playbook.name}`).toEqual(trace);
      }
    }
    expect(seats.flatMap(({ errors }) => errors)).toEqual([]);
  });
});
