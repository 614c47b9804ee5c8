import { gzipSync } from "node:zlib";
import { ApiClient } from "@drawbridge/cli/api-client";
import { waysOf } from "@drawbridge/playbook";
import type { Browser, Page } from "playwright-core";
import { launchBrowser, noBrowser, openSeat, type Seat, signIn } from "../browser/browser.ts";
import { emptyHome, removeHome, startServerProcess } from "../server-process.ts";
import { editorPlaybook } from "./editor-playbook.ts";
import { median, type Report, rounded } from "./figure.ts";
import { bundled, serveBareFlow } from "./page-bundle.ts";

const rounds = 5;
const motionMs = 1_500;
const reading = 0.95;
const keys = 60;
const person = { email: "marek.kowal@qrst.com", password: "drawbridge" };
const canvas = { width: 1440, height: 900 };

/** What one page did in one round. */
interface Motions {
  readonly open: number;
  readonly pan: number;
  readonly zoom: number;
  readonly fit: number;
}

/** How the built editor moves with 1,000 steps in it, beside a page with React Flow and nothing else; what typing, tidying up and loading take. */
export async function editorBench(report: Report): Promise<void> {
  if (noBrowser) throw new Error(`The editor cannot be measured: ${noBrowser}.`);
  const playbook = editorPlaybook();
  const home = await emptyHome();
  const server = await startServerProcess({ home, environment: { NODE_ENV: "production", DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_LOG_LEVEL: "warn" } });
  const bare = await serveBareFlow({
    nodes: Object.entries(playbook.steps).map(([id, step]) => ({ id, ...playbook.layout?.[id], width: 200, height: 48, label: step.name })),
    edges: Object.entries(playbook.steps).flatMap(([source, step]) => waysOf(step).flatMap((way) => way.next.map((target) => ({ source, target })))),
  });
  const browser = await launchBrowser();
  try {
    await (await new ApiClient(server.url).signIn(person.email, person.password)).call("createPlaybook", { body: playbook });
    const { script } = await bundled("page-motion.ts");
    const address = `${server.url}/playbooks/${playbook.id}`;
    const seat = await openSeat(browser, canvas);
    await signIn(seat.page, server.url, person.email, person.password);
    await seat.page.addInitScript(script);
    const floorSeat = await openSeat(browser, canvas);
    await floorSeat.page.addInitScript(script);
    await seat.page.goto(address);
    const ours: Motions[] = [];
    const floor: Motions[] = [];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await motions(seat, address));
      floor.push(await motions(floorSeat, bare.url));
    }
    for (const [key, figure, unit] of [
      ["open", "editor.open1000", "ms"],
      ["pan", "editor.pan1000.fps", "frames/s"],
      ["zoom", "editor.zoom1000.fps", "frames/s"],
      ["fit", "editor.fit1000.fps", "frames/s"],
    ] as const) {
      const [value, below] = [median(ours.map((each) => each[key])), median(floor.map((each) => each[key]))];
      report({ figure, value: rounded(value), unit, floor: rounded(below), ratio: rounded(value / below, 2) });
    }
    await floorSeat.context.close();
    report({ figure: "editor.typing1000.p95", value: rounded(await typing(seat.page, address)), unit: "ms", floor: null, ratio: null });
    report({ figure: "editor.layout1000", value: rounded(await layout(seat.page, address)), unit: "ms", floor: null, ratio: null });
    for (const [figure, path] of [
      ["editor.signIn.js", "/sign-in"],
      ["editor.library.js", "/playbooks"],
    ] as const)
      report({ figure, value: rounded(await scripts(browser, server.url, path)), unit: "kB", floor: null, ratio: null });
    if (seat.errors.length > 0) throw new Error(`The page raised: ${seat.errors.join("; ")}`);
  } finally {
    await browser.close();
    bare.stop();
    await server.stop();
    await removeHome(home);
  }
}

async function motions({ page }: Seat, address: string): Promise<Motions> {
  await page.goto(address);
  const open = await page.evaluate(() => window.pageMotion.shown());
  await page.waitForLoadState("networkidle");
  await page.evaluate((zoom) => window.pageMotion.zoomTo(zoom), reading);
  const pan = await page.evaluate((ms) => window.pageMotion.pan(ms), motionMs);
  const zoom = await page.evaluate((ms) => window.pageMotion.zoom(ms), motionMs);
  await fit(page);
  const panFar = await page.evaluate((ms) => window.pageMotion.pan(ms), motionMs);
  const zoomFar = await page.evaluate((ms) => window.pageMotion.zoom(ms), motionMs);
  return { open, pan, zoom, fit: Math.min(panFar, zoomFar) };
}

/** All steps in view: by the editor's own button, or by a fresh bare page, which fits at first. */
async function fit(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Fit", exact: true });
  if ((await button.count()) > 0) await button.click();
  else {
    await page.reload();
    await page.evaluate(() => window.pageMotion.shown());
  }
  await page.waitForTimeout(400);
}

/** The 95th percentile from a key to the paint that shows it, in a name field of the inspector; the browser's own measure, in steps of 8 ms. */
async function typing(page: Page, address: string): Promise<number> {
  await page.goto(address);
  await page.evaluate(() => window.pageMotion.shown());
  await page.getByRole("button", { name: "Fit", exact: true }).click();
  await page.getByRole("listbox", { name: /all 1000 steps/i }).press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator(".react-flow__node-step").first().waitFor();
  const field = page.getByRole("complementary", { name: "Inspector" }).getByRole("textbox", { name: "Name" });
  await field.click();
  await page.keyboard.type("warm up ");
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { seenKeys: seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === "keydown") seen.push(entry.duration);
    }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
  });
  for (let key = 0; key < keys; key += 1) {
    await page.keyboard.press("abcdefghij"[key % 10] ?? "a");
    await page.waitForTimeout(60);
  }
  await page.waitForTimeout(200);
  const slow = await page.evaluate(() => (window as unknown as { seenKeys: number[] }).seenKeys);
  const all = [...Array.from({ length: Math.max(0, keys - slow.length) }, () => 16), ...slow].sort((one, other) => one - other);
  return all[Math.ceil(all.length * 0.95) - 1] ?? Number.NaN;
}

/** From pressing "Tidy up" to the new layout. */
async function layout(page: Page, address: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await page.goto(address);
    await page.evaluate(() => window.pageMotion.shown());
    await page.waitForLoadState("networkidle");
    const begin = performance.now();
    await page.getByRole("button", { name: "Tidy up" }).click();
    await page.getByText(/^([\d,.\s]+ steps moved|Every step is in its place)$/).waitFor({ state: "attached" });
    times.push(performance.now() - begin);
  }
  return median(times);
}

/** The JavaScript that a page loads before anything is pressed, in kB as gzip sends it. */
async function scripts(browser: Browser, url: string, path: string): Promise<number> {
  const { context, page } = await openSeat(browser, canvas);
  if (path !== "/sign-in") await signIn(page, url, person.email, person.password);
  const loaded = new Set<string>();
  page.on("request", (request) => {
    if (request.resourceType() === "script") loaded.add(request.url());
  });
  await page.goto(`${url}${path}`);
  await page.waitForLoadState("networkidle");
  const sizes = await Promise.all([...loaded].map(async (script) => gzipSync(await (await page.request.get(script)).body()).length));
  await context.close();
  return sizes.reduce((sum, size) => sum + size, 0) / 1_000;
}
